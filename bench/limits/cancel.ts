import { startEmulator } from "@entrada/emulator";
import { BROKER_PHASES } from "./broker-phases.ts";
import { PHASES } from "./phases.ts";
import { below, exactly, type Limit, type LimitWork } from "./limit.ts";

const ROUNDS = 20;

/** From the abort of a call to its AbortError, in each phase that a call can be in. */
export const cancel: LimitWork = {
  name: "cancel",
  async measure(share) {
    const limits: Limit[] = [];
    for (const { name, reach } of [...PHASES, ...BROKER_PHASES]) {
      let longest = 0;
      let others = 0;
      for (let round = 0; round < Math.max(1, ROUNDS * share); round += 1) {
        await using emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
        emulator.trust();
        const controller = new AbortController();
        const reached = await reach(emulator, controller.signal);
        const ended = reached.call.then(
          () => "no error",
          (error: unknown) => (error as Error).name,
        );
        const began = performance.now();
        controller.abort();
        if ((await ended) !== "AbortError") others += 1;
        longest = Math.max(longest, performance.now() - began);
        await reached.leave?.();
      }
      limits.push(below(`the longest of ${ROUNDS} aborts ${name}`, "ms", 100, longest));
      if (others > 0) limits.push(exactly(`ended in another way ${name}`, 0, others));
    }
    return limits;
  },
};
