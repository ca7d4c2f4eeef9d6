import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { test, type TestContext } from "node:test";
import { loadWamTransport, type WamRequest, type WamTransport } from "../../src/index.ts";
import { observer } from "./observer.ts";

const journalFile = process.env["FAKE_WAM_LOG"] ?? "";

/** What the fake does: see test/fake-wam. */
export type Scenario = Readonly<Record<string, string | number>>;

/** A line of the fake's journal. */
export interface Call {
  readonly call: string;
  readonly [key: string]: unknown;
}

/** Sets what the fake does from now on, and empties its journal. */
export function play(scenario: Scenario): void {
  const text = Object.entries(scenario).map(([name, value]): [string, string] => [name, String(value)]);
  process.env["FAKE_WAM_SCENARIO"] = new URLSearchParams(text).toString();
  process.env["FAKE_WAM_LOG"] = journalFile;
  rmSync(journalFile, { force: true });
  observer.forgetCalls();
}

/** Waits, without the event loop, until the fake has been called so since `play`. */
export function waitForCall(call: string): void {
  assert.ok(observer.waitForCall(call, 5_000), `${call} among ${callNames().join(", ")}`);
}

/** What was called since `play`. */
export function calls(): readonly Call[] {
  const lines = existsSync(journalFile) ? readFileSync(journalFile, "utf8").split("\n") : [];
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Call);
}

/** The names of the calls since `play`. */
export function callNames(): readonly string[] {
  return calls().map(({ call }) => call);
}

/** The one call of that name since `play`. */
export function callOf(name: string): Call {
  const found = calls().filter(({ call }) => call === name);
  assert.equal(found.length, 1, `one ${name} among ${callNames().join(", ")}`);
  return found[0] as Call;
}

/** Every object of the fake is gone, and no rule was broken. */
export function assertNothingLeft(): void {
  // The thread that calls Windows takes one job after the other: what a cancelled request had begun is over after this,
  // and is no call of the next test.
  transport.probe();
  assert.ok(observer.waitForLiveObjects(0, 5_000), `${observer.liveObjects()} objects are still alive`);
  assert.equal(observer.violations(), 0, JSON.stringify(calls().filter((line) => "violation" in line)));
}

/** A test of the addon against the fake, at whose end nothing of the fake may be left. */
export function wamTest(
  name: string,
  scenario: Scenario,
  body: (wam: WamTransport, context: TestContext) => Promise<void> | void,
  timeoutInMs = 60_000,
): void {
  void test(name, { timeout: timeoutInMs }, async (context) => {
    play(scenario);
    await body(transport, context);
    assertNothingLeft();
  });
}

let operations = 0;

/** A name for one more operation. */
export function operationId(): number {
  operations += 1;
  return operations;
}

/** A silent request for the default account, with what is given. */
export function silent(more: Partial<WamRequest> = {}): WamRequest {
  return {
    operationId: operationId(),
    mode: "silent",
    providerAuthority: "https://login.microsoftonline.com/organizations",
    scope: "https://management.core.windows.net//.default offline_access openid profile",
    clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    properties: { wam_compat: "2.0" },
    ...more,
  };
}

/** The same, with a dialog. */
export function windowed(more: Partial<WamRequest> = {}): WamRequest {
  return silent({ mode: "window", ...more });
}

export const transport: WamTransport = loaded();

function loaded(): WamTransport {
  const result = loadWamTransport();
  if (!result.available) throw new Error(result.message);
  return result.transport;
}
