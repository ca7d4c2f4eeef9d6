import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator, type RequestKind } from "@entrada/emulator";
import type { SaidLine } from "../measure/run-program.ts";

/** The one authority that all subjects sign in to, with a person in front of it. */
export interface Authority extends AsyncDisposable {
  /** What every program finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** A fresh folder for one run. */
  folder(): string;
  /** Lets the person answer the prompts that a program says. */
  answer(line: SaidLine): void;
  /** Lets the person enter a code that a command shows at a terminal. */
  answerCode(userCode: string): void;
  /** Lets the person answer a sign-in page that a browser was asked to open. */
  open(url: string): void;
  /** Waits for the person, and returns how many requests applications sent since the last call. */
  requests(): Promise<number>;
  /** How many requests its token endpoint has had so far. */
  tokenRequests(): number;
}

/**
 * The wait that RFC 8628 asks for between two polls. msal-node polls once before the first wait, Entrada waits first:
 * the person answers in between, so that both wait exactly one interval. It is subtracted from both.
 */
export const POLL_INTERVAL_IN_MS = 1000;
const PERSON_TAKES_IN_MS = 400;
const AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";

// What a person's browser asks for.
const OF_THE_PERSON: ReadonlySet<RequestKind> = new Set(["authorize", "signin", "devicepage", "control"]);

export async function openAuthority(): Promise<Authority> {
  const emulator = await startEmulator({
    deviceCodeIntervalInS: POLL_INTERVAL_IN_MS / 1000,
    resources: [{ uri: `api://${AKS}`, appId: AKS, name: "Azure Kubernetes Service", scopes: ["user.read"] }],
  });
  const home = mkdtempSync(join(tmpdir(), "entrada-bench-"));
  const certificate = join(home, "ca.pem");
  writeFileSync(certificate, emulator.certificateAuthority);
  const underWay: Promise<unknown>[] = [];
  let counted = 0;
  let folders = 0;
  const enter = (code: { userCode: string; verificationUri: string }): void => {
    emulator.person.script({ action: "approve", delayInMs: PERSON_TAKES_IN_MS });
    underWay.push(emulator.person.answerDeviceCode(code));
  };
  return {
    environment: {
      NODE_EXTRA_CA_CERTS: certificate,
      AZURE_AUTHORITY_HOST: emulator.authorityHost,
      TENANT: emulator.defaults.tenantId,
      HOME: home,
    },
    folder() {
      const folder = join(home, `run-${(folders += 1)}`);
      mkdirSync(folder);
      return folder;
    },
    answer({ mark, userCode, verificationUri }) {
      if (mark !== "prompt") return;
      enter({ userCode: String(userCode), verificationUri: String(verificationUri) });
    },
    answerCode: (userCode) => enter({ userCode, verificationUri: `${emulator.authorityHost}/devicelogin` }),
    open(url) {
      underWay.push(emulator.person.openBrowser(url));
    },
    async requests() {
      await Promise.all(underWay.splice(0));
      await emulator.person.settled();
      const fresh = emulator.requests.slice(counted);
      counted = emulator.requests.length;
      return fresh.filter(({ kind }) => !OF_THE_PERSON.has(kind)).length;
    },
    tokenRequests: () => emulator.count("token"),
    async [Symbol.asyncDispose]() {
      await emulator[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
export type { Emulator };
