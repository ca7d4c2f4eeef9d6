import type { AuthenticationEvent, AuthenticationRecord } from "@entrada/core";
import { isAuthenticationError } from "@entrada/core";
import { findBroker, type BrokerTransport } from "../availability/find-broker.ts";
import { describeUnavailable } from "../availability/unavailable-broker.ts";
import { InteractiveBrowserBrokerCredential } from "../flow/interactive-browser-broker-credential.ts";
import { machineFacts, type MachineFacts } from "./machine-facts.ts";
import { reachBroker } from "./reach-broker.ts";

export interface SelfTestOptions {
  readonly clientId?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly transport?: BrokerTransport | undefined;
  readonly windowsNodePath?: string | undefined;
  /** Puts a question to the person. */
  readonly ask: (question: string) => Promise<string>;
  readonly print: (line: string) => void;
  /** How long the dialog that is called off stays, in ms. @defaultValue 3_000 */
  readonly abortAfterInMs?: number;
}

export interface SelfTestCheck {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Never a token, a user name or a tenant. */
  readonly detail?: string;
  readonly milliseconds: number;
}

export interface SelfTestReport {
  readonly available: boolean;
  readonly facts: MachineFacts;
  readonly checks: readonly SelfTestCheck[];
}

/** What a check has to say when it did not simply pass. */
type Remark = string | { readonly skipped: string };

const ARM = "https://management.azure.com/.default";
const GRAPH = "https://graph.microsoft.com/.default";
const ABORT_AFTER_IN_MS = 3000;

/** Tries the broker of this machine with the person's help, and reports what only a real broker can tell. */
export async function selfTest(options: SelfTestOptions): Promise<SelfTestReport> {
  const { clientId, tenantId, transport, windowsNodePath, ask, print } = options;
  const { abortAfterInMs = ABORT_AFTER_IN_MS } = options;
  const found = findBroker(transport, undefined, windowsNodePath);
  const search = await reachBroker(found);
  const facts = await machineFacts(search, found.found && found.kind === "wsl" ? "wsl" : "wam");
  if (!search.found) {
    print(describeUnavailable(search));
    return { available: false, facts, checks: [] };
  }

  const isLinux = search.kind === "linux";
  const picker = isLinux ? "The broker's window" : "Windows's account picker";
  const events: AuthenticationEvent[] = [];
  const credentialWith = (
    more: ConstructorParameters<typeof InteractiveBrowserBrokerCredential>[0] = {},
  ): InteractiveBrowserBrokerCredential =>
    new InteractiveBrowserBrokerCredential({
      browserFallback: "never",
      promptCooldownInMs: 0,
      onEvent: (event) => events.push(event),
      ...(clientId === undefined ? {} : { clientId }),
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(transport === undefined ? {} : { transport }),
      ...(windowsNodePath === undefined ? {} : { windowsNodePath }),
      ...more,
    });
  const says = async (question: string): Promise<boolean> =>
    /^y/i.test((await ask(`${question} [y/n] `)).trim());
  const checks: SelfTestCheck[] = [];
  const check = async (name: string, work: () => Promise<Remark | undefined>): Promise<void> => {
    const start = performance.now();
    const [outcome, detail] = await work().then(
      (remark) =>
        typeof remark === "object" ? (["skipped", remark.skipped] as const) : (["passed", remark] as const),
      (error: unknown) => ["failed", describe(error)] as const,
    );
    const milliseconds = Math.round(performance.now() - start);
    checks.push({ name, outcome, ...(detail === undefined ? {} : { detail }), milliseconds });
    print(`${outcome.padEnd(7)} ${name}${detail === undefined ? "" : `: ${detail}`} (${milliseconds} ms)`);
  };

  await check(isLinux ? "the default account, silently" : "the account of Windows, silently", async () => {
    const silent = credentialWith({ useDefaultBrokerAccount: true, disableInteractiveFallback: true });
    return silent.getToken(ARM).then(
      () => undefined,
      (error: unknown) => ({ skipped: describe(error) }),
    );
  });

  const credential = credentialWith();
  let record: AuthenticationRecord | undefined;
  await check("the picker", async () => {
    await ask(`${picker} comes next: choose an account. Press Enter. `);
    record = await credential.authenticate(ARM, { forcePrompt: true });
    return (await says("Did the dialog open in front of this window?"))
      ? undefined
      : "the dialog was not in front";
  });
  await check("another resource, silently", async () => {
    if (!record) return { skipped: "nobody signed in" };
    const before = events.filter(({ type }) => type === "prompt").length;
    await credential.getToken(GRAPH, { enableCae: true });
    const prompts = events.filter(({ type }) => type === "prompt").length - before;
    if (prompts > 0) throw new Error("a dialog was shown");
    return undefined;
  });
  await check("the record after a restart, silently", async () => {
    if (!record) return { skipped: "nobody signed in" };
    await credentialWith({ authenticationRecord: record, disableAutomaticAuthentication: true }).getToken(
      ARM,
    );
    return undefined;
  });
  await check("a closed dialog", async () => {
    await ask("The picker comes again: close it. Press Enter. ");
    const error = await rejection(credentialWith().authenticate(ARM, { forcePrompt: true }));
    if (!isAuthenticationError(error) || error.code !== "user_cancelled") throw error;
    return undefined;
  });
  await check("an abort", async () => {
    await ask("The picker comes again and is called off soon: do not touch it. Press Enter. ");
    const abortSignal = AbortSignal.timeout(abortAfterInMs);
    const error = await rejection(credentialWith().authenticate(ARM, { forcePrompt: true, abortSignal }));
    if ((error as Error).name !== "AbortError") throw error;
    return (await says("Did the dialog go away by itself?"))
      ? undefined
      : "the call ended, the dialog stayed";
  });
  await check("signing out", async () => {
    if (!record || !(await says("Sign this application out of the account again?"))) {
      return { skipped: "not wanted" };
    }
    await credential.signOut(record);
    const again = credentialWith({ authenticationRecord: record, disableAutomaticAuthentication: true });
    const error = await rejection(again.getToken(ARM)).catch(() => undefined);
    return error ? undefined : "the broker went on serving the account to a new process";
  });
  return { available: true, facts, checks };
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (!outcome) throw new Error("it succeeded, though it was not to");
  return outcome.error;
}

// Messages may hold names and tenants; codes do not.
function describe(error: unknown): string {
  if (!isAuthenticationError(error))
    return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
  const numbers = /\(([^()]*(?:status|0x)[^()]*)\)/.exec(error.message)?.[1];
  return [error.code, error.detail, numbers, error.aadsts && `AADSTS${error.aadsts}`]
    .filter(Boolean)
    .join(", ");
}
