import { startEmulator } from "@entrada/emulator";
import { startChild } from "./child.ts";
import { below, type LimitWork } from "./limit.ts";

/** A million calls whose token is in memory. */
export const warm: LimitWork = {
  name: "warm",
  async measure(share) {
    await using emulator = await startEmulator();
    const count = Math.ceil(1_000_000 * share);
    using child = startChild({
      program: "million-calls",
      emulator,
      arguments: [String(count)],
      nodeArguments: ["--expose-gc"],
    });
    const { url } = (await child.next()) as { url: string };
    await emulator.person.openBrowser(url);
    const { perCallInUs, grownInBytes } = (await child.next()) as {
      perCallInUs: number;
      grownInBytes: number;
    };
    return [
      below("a call", "µs", 50, perCallInUs),
      below(`the heap after ${count.toLocaleString("en")} calls, in all`, "MB", 1e6, grownInBytes),
    ];
  },
};
