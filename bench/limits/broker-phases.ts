import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
import { ADA } from "../../packages/broker/test/fake-account.ts";
import { FakeLinuxBroker } from "../../packages/broker/test/linux/fake-linux-broker.ts";
import { hasBus, startBus } from "../../packages/broker/test/linux/private-bus.ts";
import type { Phase, Reached } from "./phases.ts";

const ARM = "https://management.azure.com/.default";

/** The phases of a call to the broker of Linux; none where there is no bus to put one on. */
export const BROKER_PHASES: readonly Phase[] = hasBus
  ? [
      { name: "while the Linux broker's window is open", reach: (_, signal) => withBroker(signal, {}) },
      {
        name: "while the Linux broker does not answer",
        reach: (_, signal) => withBroker(signal, { useDefaultBrokerAccount: true }),
      },
    ]
  : [];

/** A call to a broker of its own, whose person does nothing, and which does not answer what is asked without one. */
async function withBroker(signal: AbortSignal, options: object): Promise<Reached> {
  const bus = await startBus();
  const broker = new FakeLinuxBroker();
  broker.accounts = [ADA];
  broker.move = "ignore";
  broker.script("acquireTokenSilently", "nothing");
  await broker.start(bus.path);
  const undo = environment({ ...bus.env, DISPLAY: ":0" });
  const credential = new InteractiveBrowserBrokerCredential({ browserFallback: "never", ...options });
  const call = credential.getToken(ARM, { abortSignal: signal });
  while (!broker.called.some((member) => member.startsWith("acquireToken")))
    await new Promise((resolve) => setTimeout(resolve, 1));
  const leave = async (): Promise<void> => {
    undo();
    broker.stop();
    await bus[Symbol.asyncDispose]();
  };
  return { call, leave };
}

/** @returns what puts things back */
function environment(variables: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
