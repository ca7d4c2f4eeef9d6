import { onTestFinished } from "vitest";
import { systemClock, type Clock } from "@entrada/core/flow";
import type { TokenAsk } from "../../src/contract/token-ask.ts";
import { LinuxClient } from "../../src/linux/linux-client.ts";
import { CLIENT_ID } from "../fake-account.ts";
import { FakeLinuxBroker, type FakeLinuxBrokerOptions } from "./fake-linux-broker.ts";
import { startBus, type PrivateBus } from "./private-bus.ts";

export const STORAGE = "https://storage.azure.com/.default";

export function askFor(more: Partial<TokenAsk> = {}): TokenAsk {
  return {
    clientId: CLIENT_ID,
    authorityHost: "https://login.microsoftonline.com",
    tenantId: "organizations",
    scopes: [STORAGE],
    correlationId: crypto.randomUUID(),
    signal: new AbortController().signal,
    ...more,
  };
}

/** A real clock that can be hurried: the bus is real, the waits of a test need not be. */
class HurriedClock implements Clock {
  times = 1;
  now(): number {
    return systemClock.now();
  }
  monotonic(): number {
    // Not hurried: how long a window was open is told from it, and a slow machine must not make it long.
    return systemClock.monotonic();
  }
  after(ms: number, callback: () => void): { cancel(): void } {
    return systemClock.after(ms / this.times, callback);
  }
}

export interface BrokerOnBus {
  readonly bus: PrivateBus;
  readonly broker: FakeLinuxBroker;
  readonly client: LinuxClient;
}

/** A broker on a bus of the test's own, and a client that asks it. */
export async function brokerOnBus(
  options: FakeLinuxBrokerOptions & {
    readonly env?: Readonly<Record<string, string>>;
    /** Whether pauses and limits take a hundredth of their time, once the connection stands. */
    readonly hurried?: boolean;
  } = {},
): Promise<BrokerOnBus> {
  const bus = await startBus();
  const clock = new HurriedClock();
  const broker = new FakeLinuxBroker(options);
  await broker.start(bus.path);
  const client = new LinuxClient({
    env: { ...bus.env, DISPLAY: ":0", ...options.env },
    clock,
    silentTimeoutInMs: 30_000,
  });
  onTestFinished(async () => {
    client.close();
    broker.stop();
    await bus[Symbol.asyncDispose]();
  });
  if (options.hurried) {
    await client.open(askFor());
    clock.times = 100;
  }
  return { bus, broker, client };
}
