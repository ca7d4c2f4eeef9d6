import { beforeEach, describe, expect, test } from "vitest";
import { ADA, BOB, ScriptedFlow, held } from "../../test/scripted-flow.ts";
import type { AuthenticationRecord } from "../authentication-record.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { EventSink } from "../events/event-sink.ts";
import { createLogger } from "../events/logger.ts";
import type { Flow, TokenAnswer } from "../flow/flow.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { TokenEngine } from "./token-engine.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";

/** A flow with a memory of its own, as one has without a token cache, that asks in the way of all of its kind. */
class OwnFlow extends ScriptedFlow {
  readonly asksBy: object | undefined;
  readonly takenOver: Flow[] = [];

  constructor(clock: VirtualClock, asksBy: object | undefined) {
    super(clock);
    this.asksBy = asksBy;
    this.onSilent = async (request) => {
      if (this.signedIn) return this.answer(request);
      throw new AuthenticationRequiredError({ what: "Nobody is signed in", scopes: request.scopes });
    };
  }

  async takeOver(account: AuthenticationRecord, from: Flow): Promise<void> {
    this.signedIn = account;
    this.takenOver.push(from);
  }
}

const DIALOG = {};

let clock: VirtualClock;
let flows: OwnFlow[];

beforeEach(() => {
  clock = virtualClock();
  flows = [];
});

function credential(
  options: CredentialOptions & InteractiveOptions = {},
  asksBy: object | null = DIALOG,
): TokenEngine {
  const flow = new OwnFlow(clock, asksBy ?? undefined);
  flows.push(flow);
  const sink = new EventSink(
    undefined,
    createLogger("test", () => {}),
  );
  const settings = resolveSettings(options, { timeoutInMs: 300_000 });
  return new TokenEngine({ settings, flow, events: sink, clock, random: () => 0 });
}

const dialogs = (): number => flows.reduce((count, { prompts }) => count + prompts.length, 0);
const closed = (): AuthenticationError =>
  new AuthenticationError({ code: "user_cancelled", what: "The person closed the dialog" });
const codes = async (calls: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
  (await Promise.allSettled(calls)).map((each) =>
    each.status === "rejected" ? (each.reason as AuthenticationError).code : "token",
  );

describe("credentials without a token cache that ask for the same in the same way", () => {
  test("show one dialog, and one sign-in serves them all", async () => {
    const three = [credential(), credential(), credential()];
    const person = held<TokenAnswer>();
    for (const flow of flows) flow.onPrompt = (request) => person.wait(request.signal);
    const calls = [three[0]!.getToken(ARM), three[1]!.getToken(STORAGE), three[2]!.authenticate(ARM)];
    await person.started;
    await clock.advance(0);
    person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
    expect(await codes(calls)).toEqual(["token", "token", "token"]);
    expect(dialogs()).toBe(1);
    expect(flows.map(({ takenOver }) => takenOver)).toEqual([[], [flows[0]], [flows[0]]]);
  });

  test("take one no for all, also those that are made and asked later", async () => {
    const three = [credential(), credential(), credential()];
    const person = held<TokenAnswer>();
    for (const flow of flows) flow.onPrompt = (request) => person.wait(request.signal);
    const calls = three.map((each) => each.getToken(ARM));
    await person.started;
    await clock.advance(0);
    person.reject(closed());
    expect(await codes(calls)).toEqual(Array.from({ length: 3 }, () => "user_cancelled"));
    await expect(credential().getToken(ARM)).rejects.toMatchObject({ detail: "prompt_cooldown" });
    expect(dialogs()).toBe(1);
    // Who asks for it is asked.
    await credential().authenticate(ARM);
    expect(dialogs()).toBe(2);
  });

  test("ask again when the rest is over, each by its own cool-down", async () => {
    const first = credential();
    flows[0]!.onPrompt = () => Promise.reject(closed());
    await first.getToken(ARM).catch(() => {});
    await credential({ promptCooldownInMs: 0 }).getToken(ARM);
    expect(dialogs()).toBe(2);
  });

  test("go on asking where another's sign-in is not enough", async () => {
    const [one, two] = [credential(), credential()];
    const person = held<TokenAnswer>();
    flows[0]!.onPrompt = (request) => person.wait(request.signal);
    flows[1]!.onSilent = ({ scopes }) =>
      Promise.reject(new AuthenticationRequiredError({ what: "MFA", scopes }));
    const calls = [one!.getToken(ARM), two!.getToken(STORAGE)];
    await person.started;
    await clock.advance(0);
    person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
    expect(await codes(calls)).toEqual(["token", "token"]);
    expect(dialogs()).toBe(2);
  });
});

const ID = "22222222-2222-4222-8222-222222222222";
describe.each<[string, CredentialOptions & InteractiveOptions, object | null]>([
  ["another client", { clientId: ID }, DIALOG],
  ["another authority", { authorityHost: "https://login.microsoftonline.us" }, DIALOG],
  ["another tenant", { tenantId: ID }, DIALOG],
  ["another account", { authenticationRecord: BOB }, DIALOG],
  ["another hint", { loginHint: BOB.username }, DIALOG],
  ["another kind of prompt", { prompt: "select_account" }, DIALOG],
  ["another way to ask", {}, {}],
  ["a way to ask of the caller's own", {}, null],
])("what is another question: %s", (_, options, asksBy) => {
  test("has a dialog and a no of its own", async () => {
    const [one, other] = [credential(), credential(options, asksBy)];
    const person = held<TokenAnswer>();
    flows[0]!.onPrompt = (request) => person.wait(request.signal);
    flows[1]!.onPrompt = async (request) =>
      flows[1]!.answer(request, { account: options.authenticationRecord ?? ADA });
    const first = one!.getToken(ARM);
    await person.started;
    await other!.getToken(ARM);
    person.reject(closed());
    await expect(first).rejects.toMatchObject({ code: "user_cancelled" });
    expect(flows.map(({ prompts, takenOver }) => [prompts.length, takenOver.length])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });
});

test("who asks for the account picker wants an answer of its own, and one dialog at a time", async () => {
  const options = { prompt: "select_account" } as const;
  const two = [credential(options), credential(options)];
  const [one, other] = flows;
  other!.onPrompt = async (request) => other!.answer(request, { account: BOB });
  const tokens = await Promise.all(two.map((each) => each.authenticate(ARM)));
  expect(tokens.map(({ username }) => username)).toEqual([ADA.username, BOB.username]);
  expect([one!.takenOver, other!.takenOver]).toEqual([[], []]);
});

test.each([undefined, "Ada"])(
  "a silent request that began before another credential's sign-in, and is refused after it, is tried once more (hint: %s)",
  async (loginHint) => {
    const [one, other] = [credential({ loginHint }), credential({ loginHint })];
    const [first, second] = flows;
    const early = held<TokenAnswer>();
    const answering = second!.onSilent;
    second!.onSilent = (request) => early.wait(request.signal);
    const late = other.getToken(ARM);
    await clock.advance(0);
    await one.getToken(ARM);
    second!.onSilent = answering;
    early.reject(new AuthenticationRequiredError({ what: "Nobody is signed in", scopes: [ARM] }));
    await clock.advance(0);
    expect((await late).token).toBe("token-1");
    expect([dialogs(), second!.takenOver]).toEqual([1, [first]]);
  },
);
