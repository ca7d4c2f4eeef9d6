import type { ModelWorld } from "./model-world.ts";

/** Everything that can be seen of a world, by which two are told apart. */
export function fingerprintOf(world: ModelWorld): string {
  const now = world.clock.monotonic();
  const calls = world.calls.map(({ state, token, error, begunAt }) => [
    state,
    token === undefined ? "" : world.tokens.get(token)?.account.username,
    error?.detail ?? error?.code ?? error?.name,
    state === "pending" ? now - begunAt : 0,
  ]);
  const order = [...world.requests].filter(({ answered }) => !answered);
  const requests = order.map(({ kind, of, scope, account, request, begunAt }) => [
    [kind, of, scope, account?.username, request.account?.username],
    [request.signal.aborted, request.background, request.explicit, now - begunAt],
  ]);
  const tokens = [0, 1].map((of) => {
    const last = [...new Set([...world.tokens.values()].map(({ scope }) => scope))].map((scope) => [
      scope,
      world.lastTokenOf(of, scope)?.account.username,
      (world.lastTokenOf(of, scope)?.expiresOn ?? 0) - world.clock.now(),
    ]);
    const isOut = world.signedOutAtStep[of]! > world.signedInAtStep[of]!;
    const rests = world.rests.isResting(world.gateOf(of), world.hintOf(of), now);
    const refused = world.requests.findLast((one) => one.of === of)?.refused;
    return [last, world.kept[of]!.account?.username, isOut, world.disposedAtStep[of]! >= 0, rests, refused];
  });
  const did = ["sign out 0", "dispose 0"].map(
    (_, at) => (at === 0 ? world.signedOutAtStep : world.disposedAtStep)[0]! >= 0,
  );
  return JSON.stringify([calls, requests, tokens, did, world.clock.pending, Math.floor(now / 60_000)]);
}
