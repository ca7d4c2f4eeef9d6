import { setImmediate } from "node:timers/promises";
import { createBrowserFlow } from "@entrada/core/browser";
import {
  FlowCredential,
  OPTION_DEFAULTS,
  resolveSettings,
  type SharedOptions,
} from "@entrada/core/credential";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { virtualClock, type VirtualClock } from "../../packages/core/src/testing/virtual-clock.ts";
import { below, type Limit, type LimitWork } from "./limit.ts";

const ARM = "https://management.azure.com/.default";
const STEP_IN_MS = 250;
const DAY_IN_MS = 86_400_000;

/** How long a call waits where nobody answers, with the defaults of all options, by a clock that is turned. */
export const waits: LimitWork = {
  name: "waits",
  async measure() {
    return [
      await longest(
        "for a person who does nothing",
        300_000,
        async ({ credential }) =>
          () =>
            credential.authenticate(ARM),
      ),
      await longest("for an authority that says nothing", 60_000, async ({ credential, emulator }) => {
        emulator.script({ on: "discovery", never: true, times: Infinity });
        return () => credential.authenticate(ARM);
      }),
      await longest("for a renewal", 60_000, async ({ credential, emulator, clock, person }) => {
        person.isThere = true;
        await credential.authenticate(ARM);
        emulator.script({ on: "refresh", never: true, times: Infinity });
        // The token is over by then; what it is renewed with is not.
        await clock.advance(DAY_IN_MS / 4);
        return () => credential.getToken(ARM);
      }),
    ];
  },
};

interface Stage {
  readonly credential: ByClock;
  readonly emulator: Emulator;
  readonly clock: VirtualClock;
  readonly person: { isThere: boolean };
}

/** Begins the call that `prepare` comes to, which nobody answers, and turns the clock until it has failed. */
async function longest(
  what: string,
  limitInMs: number,
  prepare: (stage: Stage) => Promise<() => Promise<unknown>>,
): Promise<Limit> {
  await using emulator = await startEmulator();
  const clock = virtualClock(Date.now());
  const person = { isThere: false };
  const open = (url: string): void => {
    if (person.isThere) void emulator.person.openBrowser(url);
  };
  const { authorityHost, fetch } = emulator;
  await using credential = new ByClock(
    { authorityHost, fetch, disableInstanceDiscovery: true, onEvent: () => {} },
    clock,
    open,
  );
  const call = await prepare({ credential, emulator, clock, person });
  const began = clock.monotonic();
  const ended: { by?: string } = {};
  void call().then(
    () => (ended.by = "an answer"),
    (error: { readonly code?: string }) => (ended.by = String(error.code)),
  );
  while (ended.by === undefined && clock.monotonic() < began + DAY_IN_MS) {
    await clock.advance(STEP_IN_MS);
    await setImmediate();
  }
  if (ended.by !== "timeout")
    throw new Error(`The wait ${what} ended with ${ended.by ?? "nothing in a day"}`);
  return below(`the longest wait ${what}`, "s", limitInMs + STEP_IN_MS, clock.monotonic() - began);
}

/** The browser credential, by a clock of its own. */
class ByClock extends FlowCredential {
  constructor(options: SharedOptions, clock: VirtualClock, openBrowser: (url: string) => void) {
    super({
      settings: resolveSettings(options, OPTION_DEFAULTS),
      flow: "browser",
      clock,
      createFlow: (parts) => createBrowserFlow(parts, { openBrowser }),
    });
  }
}
