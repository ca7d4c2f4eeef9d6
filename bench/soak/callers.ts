// The thread that asks for tokens: 20 people, each with a credential of their own on one cache. The person who enters
// their codes is on the other thread, with the authority.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { parentPort, workerData } from "node:worker_threads";
import { persistentTokenCache } from "@entrada/cache";
import type { AccessToken, AuthenticationError } from "@entrada/core";
import { DeviceCodeCredential, type DeviceCodeInfo } from "@entrada/device-code";
import { fixedKeyStore } from "../programs/fixed-key.mjs";
import { chance } from "../../tools/fuzz/src/chance.ts";
import type { SoakPlan } from "./soak-plan.ts";
import { quantile, type SoakRecord, type SoakSecond } from "./soak-record.ts";

interface Given extends SoakPlan {
  readonly authorityHost: string;
  readonly tenantId: string;
  readonly usernames: readonly string[];
  /** Of the authority, in PEM. */
  readonly certificate: string;
}

interface Person {
  readonly username: string;
  readonly credential: DeviceCodeCredential;
  /** How often they have signed out. */
  signOuts: number;
}

const SCOPES = ["https://management.azure.com/.default", "https://storage.azure.com/.default"];
const CALL_LIMIT_IN_MS = 60_000;
const given = workerData as Given;
setDefaultCACertificates([...getCACertificates("default"), given.certificate]);
const dice = chance(given.seed + 1);
const directory = mkdtempSync(join(tmpdir(), "entrada-soak-"));
const tokenCache = persistentTokenCache({ name: "soak", directory, keyStore: fixedKeyStore });
const errors: Record<string, number> = {};
const wrong: string[] = [];
const all: number[] = [];
const seconds: SoakSecond[] = [];
let ofSecond: number[] = [];
let errorsOfSecond = 0;
let calls = 0;
let prompts = 0;
let signOuts = 0;

const people: readonly Person[] = given.usernames.map((username) => ({
  username,
  signOuts: 0,
  credential: new DeviceCodeCredential({
    authorityHost: given.authorityHost,
    tenantId: given.tenantId,
    disableInstanceDiscovery: true,
    tokenCache,
    loginHint: username,
    promptCooldownInMs: 0,
    requestTimeoutInMs: 5000,
    userPromptCallback: (info) => {
      prompts++;
      return enter(username, info);
    },
  }),
}));

/** Has the other thread's person enter the code, who does one thing at a time. */
function enter(username: string, { userCode, verificationUri }: DeviceCodeInfo): void {
  parentPort?.postMessage({ username, userCode, verificationUri });
}

async function call(person: Person): Promise<void> {
  const { username, credential, signOuts: signOutsBefore } = person;
  const began = performance.now();
  calls++;
  try {
    const token = await Promise.race([
      credential.getToken(SCOPES[Math.floor(dice() * SCOPES.length)]!),
      pause(CALL_LIMIT_IN_MS, undefined, { ref: false }).then(() => Promise.reject(new Error("never ended"))),
    ]);
    look(username, token!);
  } catch (error) {
    errorsOfSecond++;
    const { name, code, detail, message } = error as AuthenticationError;
    const kind = `${code ?? name}/${detail ?? ""}`;
    errors[kind] = (errors[kind] ?? 0) + 1;
    // A sign-out ends what is under way for that account, and nothing else does.
    const ended = name === "AbortError" && person.signOuts > signOutsBefore;
    if (!ended && !/^(Authentication|CredentialUnavailable|AuthenticationRequired)/.test(name))
      wrong.push(message);
  }
  const took = performance.now() - began;
  all.push(took);
  ofSecond.push(took);
}

function look(username: string, { token, expiresOnTimestamp }: AccessToken): void {
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<
    string,
    unknown
  >;
  const whose = String(claims["upn"] ?? claims["preferred_username"] ?? claims["unique_name"]);
  if (whose.toLowerCase() !== username.toLowerCase()) wrong.push(`a token of ${whose} for ${username}`);
  if (expiresOnTimestamp <= Date.now()) wrong.push(`a token that had expired for ${username}`);
}

for (const person of people) await person.credential.authenticate(SCOPES[0]);
parentPort?.postMessage("begun");
const begun = performance.now();
const open = new Set<Promise<void>>();
for (let second = 0; second < given.seconds; second++) {
  for (let at = 0; at < given.rate; at++) {
    const person = people[Math.floor(dice() * people.length)]!;
    if (dice() < 0.0005) {
      signOuts++;
      person.signOuts += 1;
      await person.credential.signOut();
    }
    const running = call(person).finally(() => open.delete(running));
    open.add(running);
    await pause(Math.max(0, begun + (second + (at + 1) / given.rate) * 1000 - performance.now()));
  }
  seconds.push({
    calls: ofSecond.length,
    errors: errorsOfSecond,
    longest: Math.max(0, ...ofSecond),
    median: quantile(ofSecond, 0.5),
    heap: process.memoryUsage().heapUsed,
  });
  ofSecond = [];
  errorsOfSecond = 0;
}
await Promise.all(open);
for (const { credential } of people) await credential[Symbol.asyncDispose]();
rmSync(directory, { recursive: true });
const record: SoakRecord = {
  seconds,
  calls,
  prompts,
  signOuts,
  errors,
  wrong,
  median: quantile(all, 0.5),
  p99: quantile(all, 0.99),
  longest: Math.max(...all),
};
parentPort?.postMessage(record);
