import type { ModelRequest } from "./model-request.ts";
import { HOUR_IN_MS, PEOPLE, type ModelWorld } from "./model-world.ts";
import { settle } from "./settle.ts";

type Act = (world: ModelWorld) => void | Promise<void>;
const MINUTE = HOUR_IN_MS / 60;
// Into the time of a background renewal, into that of a renewal that is waited for, past the token's end.
const JUMPS = [
  ["to a renewal in the background", 31 * MINUTE],
  ["to a renewal that is waited for", 56 * MINUTE],
  ["past the end", 61 * MINUTE],
] as const;

/** Everything that can happen next, by its name. The order is always the same. */
export function possibleActions(world: ModelWorld, past: readonly string[]): Map<string, Act> {
  const actions = new Map<string, Act>();
  const { calls, requests, clock, arrangement } = world;
  for (const [index, { state, of, scope, by }] of calls.entries()) {
    const twin = calls[index - 1];
    // Two calls that are the same begin in one order only.
    const isSecond = twin?.state === "idle" && twin.of === of && twin.scope === scope && twin.by === by;
    if (state === "idle" && !isSecond) actions.set(`call ${index}`, () => world.begin(index));
    if (state === "pending") actions.set(`abort ${index}`, () => calls[index]!.controller.abort());
  }
  for (const request of world.open) {
    for (const [name, act] of request.kind === "silent" ? ofSilent(request) : ofPrompt(request))
      actions.set(`${request.kind} ${request.id} ${name}`, act);
  }
  const left = arrangement.deaf && requests.findLast((each) => !each.answered && each.request.signal.aborted);
  if (left) actions.set(`late ${left.id}`, () => world.grant(left, left.account ?? PEOPLE.ada));
  if (clock.pending > 0) actions.set("wait 2 s", () => clock.advance(2000));
  for (const [name, ms] of JUMPS) {
    const mayStill = world.tokens.size > 0 && past.filter((each) => each.startsWith("later")).length < 2;
    if (mayStill) actions.set(`later, ${name}`, () => clock.advance(ms));
  }
  if (!past.includes("sign out 0")) actions.set("sign out 0", () => world.signOut(0));
  if (!past.includes("dispose 0")) actions.set("dispose 0", () => world.dispose(0));
  return actions;
}

function ofSilent(request: ModelRequest): [string, Act][] {
  const { account } = request;
  return [
    ...(account ? [["renewed", (world) => world.grant(request, account)] as [string, Act]] : []),
    ["required", (world) => world.refuse(request, "required")],
    ["network", (world) => world.refuse(request, "network")],
  ];
}

function ofPrompt(request: ModelRequest): [string, Act][] {
  return [
    ["ada", (world) => world.grant(request, PEOPLE.ada)],
    ["bob", (world) => world.grant(request, PEOPLE.bob)],
    ["no", (world) => world.refuse(request, "no")],
    ["refused", (world) => world.refuse(request, "refused")],
  ];
}

/** Does one thing and lets everything that follows from it happen. */
export async function perform(world: ModelWorld, name: string, act: Act): Promise<void> {
  world.step += 1;
  world.action = name;
  await act(world);
  await settle();
}
