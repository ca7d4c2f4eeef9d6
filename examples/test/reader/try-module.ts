import type { PersonVisit, RecordedRequest } from "@entrada/emulator";
import type { ExpectedRun } from "./expected-run.ts";
import type { ReadersMachine } from "./readers-machine.ts";
import { runModule } from "./run-module.ts";

/** What came of a module that the reader has run. */
export interface TriedModule {
  /** `null` for one that did not end by itself. */
  readonly exitCode: number | null;
  /** The lines on standard output. */
  readonly prints: readonly string[];
  /** The lines on standard error. */
  readonly says: readonly string[];
  /** How the prompts ended that the reader saw. */
  readonly prompts: readonly PersonVisit["outcome"][];
  /** The sign-ins that the authority gave tokens for. */
  readonly signIns: readonly ("browser" | "device code")[];
  /** Whether codes, tokens or verifiers were exchanged that are not known from an earlier run. */
  readonly hasSecrets: boolean;
  /** Whether a code, token or verifier is in what it printed. */
  readonly hasLeaked: boolean;
  /** The hosts that it asked for, and that nothing stands for. */
  readonly strangers: readonly string[];
}

// A token of an authority that the module has started by itself.
const TOKEN = /\beyJ[\w-]+\.[\w-]+/;

/** Runs a module as the reader does, in a home folder of the reader's, and answers its prompts. */
export async function tryModule(
  { azure, reader, proxy, environment, environmentAlone }: ReadersMachine,
  {
    module,
    home,
    expected,
  }: { readonly module: string; readonly home: string; readonly expected: ExpectedRun },
): Promise<TriedModule> {
  const { person, requests } = azure.emulator;
  const { strangers, secrets } = proxy;
  const before = {
    visits: person.visits.length,
    requests: requests.length,
    strangers: strangers.length,
    secrets: secrets.size,
  };
  if (expected.signIn === "declined") person.script({ action: "decline" });
  const env = expected.signIn === "by itself" ? environmentAlone(home) : environment(home);
  const { code, stdout, stderr } = await runModule({
    module,
    env: expected.hasBrowser === false ? { ...env, BROWSER: undefined } : env,
    folder: home,
    follow: reader.follow,
  });
  await reader.settled();
  const printed = stdout + stderr;
  return {
    exitCode: code,
    prints: linesOf(stdout),
    says: linesOf(stderr),
    prompts: person.visits.slice(before.visits).map(({ outcome }) => outcome),
    signIns: requests.slice(before.requests).flatMap(signInOf),
    hasSecrets: secrets.size > before.secrets,
    hasLeaked: TOKEN.test(printed) || [...secrets].some((secret) => printed.includes(secret)),
    strangers: strangers.slice(before.strangers),
  };
}

function signInOf({ kind, status }: RecordedRequest): TriedModule["signIns"] {
  if (status !== 200) return [];
  return kind === "redeem" ? ["browser"] : kind === "poll" ? ["device code"] : [];
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
