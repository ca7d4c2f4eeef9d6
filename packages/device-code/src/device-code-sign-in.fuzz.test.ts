import { AuthenticationError, isAuthenticationError, type AuthorityAnswer } from "@entrada/core/flow";
import { virtualClock, type VirtualClock } from "@entrada/core/testing";
import { damagedFields } from "../../../tools/fuzz/src/damage.ts";
import type { Drawn } from "../../../tools/fuzz/src/drawn.ts";
import { fuzzTest } from "../../../tools/fuzz/src/fuzz-test.ts";
import { answer, DEVICE_ANSWER, ScriptedEntra, TOKEN_ANSWER } from "../test/scripted-entra.ts";
import type { DeviceCodeInfo } from "./device-code-prompt.ts";
import { DeviceCodeSignIn } from "./device-code-sign-in.ts";

const SECRET = "device-code-secret";
const CODES = ["invalid_response", "device_code_expired", "access_denied", "network", "service"];
const LONGEST_IN_MS = 1_900_000;

fuzzTest(
  "damaged answers of an authority end in a token or a typed error, in time and at a bearable pace",
  "device-answers",
  {
    least: { token: 0.05, refused: 0.05, unshown: 0.05 },
    once: async (drawn) => {
      const clock = virtualClock();
      const entra = new TimedEntra(clock);
      entra.device = answer(damagedDevice(drawn), drawn.is(0.03) ? drawn.pick([400, 429, 500]) : 200);
      entra.polls = Array.from({ length: 1 + drawn.below(6) }, () => pollAnswer(drawn)).concat(
        answer({ access_token: "t" }),
      );
      const shown: DeviceCodeInfo[] = [];
      const outcome = await ended(clock, signInWith(entra, clock, shown));
      if (clock.pending > 0) throw new Error("A timer is left");
      const [first] = shown;
      if (first === undefined && entra.pollCount > 0)
        throw new Error("It was asked for a token that nobody saw");
      if (first !== undefined) checkShown(first);
      if (entra.shortestGapInMs < 1000)
        throw new Error(`It was asked again after ${entra.shortestGapInMs} ms`);
      if (outcome === TOKEN_ANSWER) return "token";
      if (!isAuthenticationError(outcome) || !CODES.includes(outcome.code)) throw outcome;
      if (outcome.stack?.includes(SECRET))
        throw new Error("The error tells the device code", { cause: outcome });
      return first === undefined ? "unshown" : "refused";
    },
  },
);

/** Remembers how soon it was polled again. */
class TimedEntra extends ScriptedEntra {
  shortestGapInMs = Infinity;

  constructor(clock: VirtualClock) {
    super();
    const { post } = this;
    let last = -Infinity;
    this.post = async (...args) => {
      this.shortestGapInMs = Math.min(this.shortestGapInMs, clock.monotonic() - last);
      last = clock.monotonic();
      return post(...args);
    };
  }
}

function signInWith(entra: ScriptedEntra, clock: VirtualClock, shown: DeviceCodeInfo[]): Promise<unknown> {
  const signIn = new DeviceCodeSignIn({
    entra,
    clock,
    clientId: "client",
    userPromptCallback: (info) => void shown.push(info),
  });
  return signIn.run({
    scopes: ["https://management.azure.com/.default"],
    tenantId: "tenant",
    enableCae: false,
    signal: new AbortController().signal,
    correlationId: "correlation",
    report: () => {},
  });
}

/** How a sign-in ended; a code lives for half an hour at most, and nothing after it. */
async function ended(clock: VirtualClock, signIn: Promise<unknown>): Promise<unknown> {
  const outcomes: unknown[] = [];
  const note = (outcome: unknown): void => void outcomes.push(outcome);
  void signIn.then(note, note);
  while (outcomes.length === 0 && clock.monotonic() < LONGEST_IN_MS) await clock.advance(5000);
  if (outcomes.length === 0) throw new Error("It did not end");
  return outcomes[0];
}

function checkShown({ userCode, verificationUri, message }: DeviceCodeInfo): void {
  const isGood =
    /^[A-Z0-9-]{4,16}$/u.test(userCode) && verificationUri.startsWith("https://") && !/\p{Cc}/u.test(message);
  if (!isGood) throw new Error(`Shown: ${JSON.stringify([userCode, verificationUri, message])}`);
}

function damagedDevice(drawn: Drawn): Record<string, unknown> {
  const good = { ...DEVICE_ANSWER.json, expires_in: drawn.pick([20, 60, "90", 120]), interval: 2 };
  return damagedFields(drawn, good, drawn.pick([0, 0.05, 0.2]));
}

function pollAnswer(drawn: Drawn): AuthorityAnswer | Error {
  const fault = (more: object): Error =>
    new AuthenticationError({ code: "network", what: "A fault", retryable: true, ...more });
  if (drawn.is(0.15)) return fault(drawn.is(0.3) ? { retryAfterInMs: drawn.pick([0, 1, 3000, 1e12]) } : {});
  const error = drawn.is(0.8)
    ? drawn.pick(["authorization_pending", "authorization_pending", "slow_down"])
    : drawn.pick(["access_denied", "expired_token", "invalid_grant", "server_error", "", "x".repeat(3000)]);
  return answer(damagedFields(drawn, { error, error_description: "AADSTS70016: pending" }, 0.1));
}
