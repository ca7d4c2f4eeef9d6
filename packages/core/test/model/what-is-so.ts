import { isOpen, type ModelRequest } from "./model-request.ts";
import { HOUR_IN_MS, type CallState, type ModelWorld } from "./model-world.ts";

export const BOTH = [0, 1] as const;

export function openPrompts(world: ModelWorld): readonly ModelRequest[] {
  return world.requests.filter((one) => one.kind === "prompt" && isOpen(one));
}

/** All prompts that have gone through a credential's gate. */
export function promptsAt(world: ModelWorld, of: number): readonly ModelRequest[] {
  return world.requests.filter((one) => one.kind === "prompt" && world.gateOf(one.of) === world.gateOf(of));
}

/** Whether a call waits: of the credential alone, or of any that may have joined its prompt. */
export function waitsAt(world: ModelWorld, of: number, whose: "own" | "gate" = "gate"): boolean {
  return world.calls.some(
    ({ state, of: owner }) =>
      state === "pending" && (whose === "own" ? owner === of : world.gateOf(owner) === world.gateOf(of)),
  );
}

export function justBegun(world: ModelWorld, kind: ModelRequest["kind"]): readonly ModelRequest[] {
  return world.requests.filter((one) => one.kind === kind && one.begunAtStep === world.step);
}

export function justEnded(world: ModelWorld): readonly CallState[] {
  return world.calls.filter(({ endedAtStep }) => endedAtStep === world.step);
}

export function isResting(world: ModelWorld, of: number): boolean {
  return world.rests.isResting(world.gateOf(of), world.hintOf(of), world.clock.monotonic());
}

/** Whether memory must have a token for a call: one that needs no renewal, or one that has not expired. */
export function heldToken(
  world: ModelWorld,
  { of, scope, begunAtStep }: CallState,
): "calm" | "valid" | undefined {
  const last = world.lastTokenOf(of, scope);
  if (!last || last.issuedAtStep >= begunAtStep || last.account !== world.lastTokenOf(of)?.account)
    return undefined;
  // What another credential of the store did counts for this one, too.
  if (world.signedOutAtStep.some((step) => step >= last.issuedAtStep)) return undefined;
  if (world.disposedAtStep[of]! >= 0) return undefined;
  const left = last.expiresOn - world.clock.now();
  if (left <= 0) return undefined;
  return left > HOUR_IN_MS / 2 ? "calm" : "valid";
}

/** Whose sign-ins serve a credential: its own, and those of who shares its gate or its store. */
export function sharersOf(world: ModelWorld, of: number): readonly number[] {
  const isOne = world.arrangement.together === "two_processes";
  return BOTH.filter((each) => isOne || world.gateOf(each) === world.gateOf(of));
}
