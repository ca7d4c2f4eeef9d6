import { ARM } from "./arrangements.ts";
import { settle } from "./settle.ts";
import type { ModelRequest } from "./model-request.ts";
import { PEOPLE, type ModelWorld } from "./model-world.ts";
import { BOTH, isResting } from "./what-is-so.ts";

/** What is asked of a world at its end. */
export const END_SENTENCES = {
  answered: "Every call is answered in the end.",
  nothingLeft: "At the end no timer, no request and no listener at a caller's signal is left.",
  rests: "A call that needs a person asks for one whenever nothing rests, and is refused while it does.",
  goesOn: "Whatever has happened, authenticate() gets through, and a getToken() after it needs no person.",
} as const;

export type Broken = { readonly sentence: string; readonly what: string } | undefined;

const PROBE = "https://graph.microsoft.com/.default";
const REST_IN_MS = 31_000;

/** Lets everything come to its end, then asks both credentials for more, and looks at what is left. */
export async function endOfWorld(world: ModelWorld, broken: () => Broken): Promise<Broken> {
  world.action = "end";
  for (let turn = 0; turn < 40 && (world.open.length > 0 || isAwaited(world)); turn += 1) {
    await answerOne(world);
    const found = broken();
    if (found) return found;
  }
  const pending = world.calls.findIndex(({ state }) => state === "pending");
  if (pending >= 0) return { sentence: END_SENTENCES.answered, what: `call ${pending} is not` };
  const left = leftOver(world);
  if (left) return { sentence: END_SENTENCES.nothingLeft, what: left };
  for (const of of BOTH) {
    if (world.disposedAtStep[of]! >= 0) continue;
    const found = (await asksUnlessResting(world, of)) ?? (await goesOn(world, of));
    if (found) return found;
  }
  return undefined;
}

function isAwaited(world: ModelWorld): boolean {
  return world.calls.some(({ state }) => state === "pending");
}

async function answerOne(
  world: ModelWorld,
  renew = (request: ModelRequest) => request.account,
): Promise<void> {
  world.step += 1;
  const [request] = world.open;
  if (!request) return world.clock.advance(2000);
  const account = request.kind === "prompt" ? PEOPLE.ada : renew(request);
  if (account) world.grant(request, account);
  else world.refuse(request, "required");
  await settle();
}

function leftOver(world: ModelWorld): string | undefined {
  if (world.clock.pending > 0) return `${world.clock.pending} timers`;
  const listeners = world.calls.reduce((sum, call) => sum + call.listeners.size, 0);
  return listeners === 0 ? undefined : `${listeners} listeners`;
}

async function asksUnlessResting(world: ModelWorld, of: number): Promise<Broken> {
  const isAtRest = isResting(world, of);
  const first = await probe(world, world.engines[of]!.getToken(PROBE), () => undefined);
  const expected = isAtRest ? "prompt_cooldown" : "done";
  if (first !== expected) return { sentence: END_SENTENCES.rests, what: `${first} instead of ${expected}` };
  // Whoever does not wait for the end of the rest goes on with an explicit call, which no rest may refuse.
  if (!isAtRest || world.requests.length % 2 === 0) return undefined;
  await world.clock.advance(REST_IN_MS);
  const second = await probe(world, world.engines[of]!.getToken(PROBE), () => undefined);
  return second === "done" ? undefined : { sentence: END_SENTENCES.rests, what: `${second} after the rest` };
}

async function goesOn(world: ModelWorld, of: number): Promise<Broken> {
  const engine = world.engines[of]!;
  const signIn = await probe(world, engine.authenticate(ARM));
  if (signIn !== "done") return { sentence: END_SENTENCES.goesOn, what: signIn };
  const asked = world.requests.length;
  const token = await probe(world, engine.getToken(ARM));
  const isUnseen = world.requests.slice(asked).every(({ kind }) => kind === "silent");
  return token === "done" && isUnseen
    ? undefined
    : { sentence: END_SENTENCES.goesOn, what: `getToken: ${token}` };
}

/** How one more call ends, whose requests are all answered. */
async function probe(
  world: ModelWorld,
  work: Promise<unknown>,
  renew?: (request: ModelRequest) => ModelRequest["account"],
): Promise<string> {
  const probed = { outcome: "pending" };
  work.then(
    () => (probed.outcome = "done"),
    (error: Error & { detail?: string }) => (probed.outcome = error.detail ?? error.message),
  );
  world.step += 1;
  await settle();
  for (let turn = 0; turn < 10 && probed.outcome === "pending"; turn += 1) await answerOne(world, renew);
  return probed.outcome;
}
