import { createRequire } from "node:module";

/** What `test/observer` exports. */
export interface Observer {
  /** How many of the fake's objects exist, apart from factories. */
  liveObjects(): number;
  /** How many factories of classes, which a caller may keep, are held. */
  liveFactories(): number;
  /** Blocks until at most so many exist; false when the time is over. */
  waitForLiveObjects(count: number, milliseconds: number): boolean;
  /** How often the caller broke a rule that Wine would have let pass. */
  violations(): number;
  forgetCalls(): void;
  /** Blocks until the fake has been called so since the last `forgetCalls`; false when the time is over. */
  waitForCall(call: string, milliseconds: number): boolean;
  /** Ends the oldest call of that name, on a raw thread or on this one; false when none comes within five seconds. */
  end(operation: string, here?: boolean): boolean;
  /** Lets a call go on that the scenario blocks. */
  unblock(method: string): void;
  /** Whether the calling thread has been made part of a COM apartment. */
  hasApartment(): boolean;
  /** How many handles this process has. */
  handleCount(): number;
  createWindow(visible: boolean): bigint;
  destroyWindow(handle: bigint): boolean;
  showWindow(handle: bigint, visible: boolean): void;
  foregroundWindow(): bigint;
  /** Gives this process a console of its own; the console's window. */
  openConsole(): bigint;
  closeConsole(): void;
}

const path = process.env["FAKE_WAM_OBSERVER"];
if (path === undefined) throw new Error("these tests are started by scripts/test-wine.mjs");

export const observer: Observer = createRequire(import.meta.url)(path) as Observer;
