import { onTestFinished } from "vitest";
import { startEmulator, type Emulator, type EmulatorOptions } from "../src/index.ts";

/** An emulator that ends with the test that started it. */
export async function startForTest(options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator[Symbol.asyncDispose]());
  return emulator;
}
