// Every code that has a meaning, and what WAM says without one: they go in at Windows, and the errors that come out in
// JavaScript are compared. The last line counts them; each error that is another one is a line before it.
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "@entrada/core/flow";
import { loadWamTransport, WamRequestStatus } from "@entrada/wam";
import type { TokenAsk } from "../../../src/contract/token-ask.ts";
import { CALL_MEANINGS, STATUS_MEANINGS } from "../../../src/refusals/code-meanings.ts";
import type { RefusalMeaning } from "../../../src/refusals/refusal-meaning.ts";
import { windowsReasonOf } from "../../../src/refusals/wam-result-error.ts";
import { WamClient } from "../../../src/wam/wam-client.ts";
import { ADA, CLIENT_ID, recordOf } from "../../fake-account.ts";
import { scenarioOfAnswer } from "../scenario-of-answer.ts";
import { codesOfRows } from "./codes-of-rows.ts";
import { expectedError, type SeenError } from "./expected-error.ts";

const loaded = loadWamTransport();
if (!loaded.available) throw new Error(loaded.message);
const { transport } = loaded;

/** Each look at it takes a second, in which a person reads a dialog; no pause lasts. */
const clock: Clock = {
  now: () => Date.now(),
  monotonic: (() => {
    let seconds = 0;
    return () => (seconds += 1) * 1000;
  })(),
  after(ms, callback) {
    const isPause = ms < 10_000;
    const timer = isPause ? setImmediate(callback) : undefined;
    return { cancel: () => clearImmediate(timer) };
  },
};

const client = new WamClient({
  transport,
  probe: transport.probe(),
  clock,
  silentTimeoutInMs: 30_000,
  msaPassthrough: false,
  hasFallback: false,
});
const ask: TokenAsk = {
  clientId: CLIENT_ID,
  authorityHost: "https://login.microsoftonline.com",
  tenantId: "organizations",
  scopes: ["https://management.azure.com/.default"],
  correlationId: "11111111-2222-4333-8444-555555555555",
  signal: new AbortController().signal,
};

type Scenario = Readonly<Record<string, string | number>>;

function play(scenario: Scenario): void {
  const text = Object.entries(scenario).map(([name, value]): [string, string] => [name, String(value)]);
  process.env["FAKE_WAM_SCENARIO"] = new URLSearchParams(text).toString();
}

const silently = (): Promise<unknown> => client.silentForDefault(ask);
const inDialog = (): Promise<unknown> => client.interactive(ask, { windowHandle: "console" });

let tried = 0;
async function expectError(
  scenario: Scenario,
  call: () => Promise<unknown>,
  expected: SeenError,
  hresult?: number,
): Promise<void> {
  tried += 1;
  play(scenario);
  let seen: object;
  try {
    await call();
    seen = { name: "no error" };
  } catch (error) {
    const { name, code, detail } = error as SeenError;
    const told = windowsReasonOf(error)?.hresult;
    seen = { name, code, detail, ...(hresult === undefined ? {} : { hresult: told }) };
  }
  const wanted = { ...expected, ...(hresult === undefined ? {} : { hresult }) };
  if (isDeepStrictEqual(seen, wanted)) return;
  console.log(
    `${new URLSearchParams(process.env["FAKE_WAM_SCENARIO"])}: ${JSON.stringify({ seen, wanted })}`,
  );
}

async function expectBoth(scenario: Scenario, meaning: RefusalMeaning, hresult?: number): Promise<void> {
  await expectError(scenario, silently, expectedError(meaning, false), hresult);
  await expectError(scenario, inDialog, expectedError(meaning, true), hresult);
}

// A broker that has served: before that, a call that fails without a meaning is the broker's own failure.
const scope = ask.scopes.join(" ");
const { tenantId } = ADA;
const grant = { account: ADA, clientId: CLIENT_ID, scope, tenantId, serial: 1, now: Date.now() };
play(scenarioOfAnswer(grant));
await silently();

// In an answer, and as the end of a call without one.
for (const { code, meaning } of codesOfRows()) {
  await expectBoth({ "token.status": WamRequestStatus.providerError, "token.code": code }, meaning, code);
  // What is no failure is no reason for one.
  if (code >= 0x8000_0000) await expectBoth({ "token.error": code }, meaning, code);
}
for (const [status, meaning] of STATUS_MEANINGS) await expectBoth({ "token.status": status }, meaning);

const CALLS: Readonly<Record<string, readonly [Scenario, () => Promise<unknown>]>> = {
  WAM_PROVIDER_NOT_FOUND: [{ "provider.null": 1 }, silently],
  WAM_ACCOUNT_NOT_FOUND: [
    {
      accounts: "ada",
      "account.ada.prop.OID": ADA.objectId,
      "account.ada.prop.TenantId": ADA.tenantId,
      "findAccount.null": 1,
    },
    () => client.silentFor(ask, recordOf(ADA)),
  ],
};
for (const [name, meaning] of CALL_MEANINGS) {
  const way = CALLS[name];
  if (way === undefined) console.log(`${name}: nobody has said how it comes about`);
  else await expectError(...way, expectedError(meaning, false));
}
console.log(`${tried} errors`);
