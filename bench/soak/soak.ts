// `npm run soak -- --seconds 900 --rate 50 --accounts 20 --failing 0.2 --seed N`: people ask for tokens while their
// authority fails, its clock jumps, sessions are revoked and people sign out. Prints its figures, draws them into
// .cache/soak.html, and ends with 1 when a caller got another's token, one that had expired, or no typed answer.
import { mkdirSync, writeFileSync } from "node:fs";
import { setInterval } from "node:timers";
import { Worker } from "node:worker_threads";
import { startEmulator } from "@entrada/emulator";
import { chance } from "../../tools/fuzz/src/chance.ts";
import { soakPage } from "./soak-page.ts";
import { readSoakPlan } from "./soak-plan.ts";
import type { SoakRecord } from "./soak-record.ts";
import { Weather } from "./weather.ts";

interface Code {
  readonly username: string;
  readonly userCode: string;
  readonly verificationUri: string;
}

const TOKENS_LIVE_IN_S = 30;
const PAGE = new URL("../../.cache/soak.html", import.meta.url);
const plan = readSoakPlan(process.argv.slice(2));
const tenantId = "99999999-8888-4777-8666-555555555555";
const accounts = Array.from({ length: plan.accounts }, (_, at) => ({
  username: `person${at}@soak.example`,
  displayName: `Person ${at}`,
  objectId: `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`,
  tenantId,
}));
const usernames = accounts.map(({ username }) => username);
await using emulator = await startEmulator({
  tenants: [{ id: tenantId, domain: "soak.example", displayName: "Soak" }],
  accounts,
  accessTokenLifetimeInS: TOKENS_LIVE_IN_S,
  deviceCodeIntervalInS: 1,
});
const weather = new Weather(emulator, chance(plan.seed), plan.failing);
emulator.trust();

console.log(
  `Soak of ${plan.seconds} s: ${plan.rate} calls a second over ${plan.accounts} accounts, seed ${plan.seed}`,
);
const worker = new Worker(new URL("callers.ts", import.meta.url), {
  workerData: {
    ...plan,
    authorityHost: emulator.authorityHost,
    tenantId,
    usernames,
    certificate: emulator.certificateAuthority,
  },
});
let entering: Promise<unknown> = Promise.resolve();
let sky: ReturnType<typeof setInterval> | undefined;
const record = await new Promise<SoakRecord>((resolve, reject) => {
  worker.once("error", reject);
  worker.on("message", (message: Code | "begun" | SoakRecord) => {
    if (message === "begun") sky = setInterval(() => weather.pass(usernames), 200);
    else if ("seconds" in message) resolve(message);
    else entering = entering.then(() => enter(message));
  });
});
clearInterval(sky);

/** One code at a time: the scripted person has one list of answers. */
async function enter({ username, userCode, verificationUri }: Code): Promise<void> {
  emulator.person.script({ action: "approve", account: username });
  await emulator.person.answerDeviceCode({ userCode, verificationUri }).catch(() => {
    // A code that has ended meanwhile: whoever asked for it is told by the authority.
  });
}

const tenth = Math.max(1, Math.floor(record.seconds.length / 10));
const heapOf = (seconds: SoakRecord["seconds"]): number => Math.min(...seconds.map(({ heap }) => heap)) / 1e6;
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const printed = [
  `calls ${record.calls}, failed ${Object.values(record.errors).reduce((sum, count) => sum + count, 0)}`,
  `median ${ms(record.median)}, p99 ${ms(record.p99)}, longest ${ms(record.longest)}`,
  `renewals ${emulator.count("refresh")}, of which failed by the weather ${weather.faults}`,
  `prompts ${record.prompts}, revocations ${weather.revocations}, clock steps ${weather.clockSteps}, sign-outs ${record.signOuts}`,
  `heap: least of the second tenth ${heapOf(record.seconds.slice(tenth, 2 * tenth)).toFixed(1)} MB, of the last ${heapOf(record.seconds.slice(-tenth)).toFixed(1)} MB`,
  ...Object.entries(record.errors).map(([kind, count]) => `  ${kind}: ${count}`),
  `wrong: ${record.wrong.length}${record.wrong
    .slice(0, 5)
    .map((each) => `\n  ${each}`)
    .join("")}`,
].join("\n");
console.log(printed);
mkdirSync(new URL("./", PAGE), { recursive: true });
writeFileSync(PAGE, soakPage(printed, record.seconds));
process.exitCode = record.wrong.length > 0 ? 1 : 0;
