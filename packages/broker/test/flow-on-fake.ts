import type { AuthenticationEvent } from "@entrada/core";
import {
  createEngine,
  resolveSettings,
  systemClock,
  type Clock,
  type InteractiveRequest,
  type TokenRequest,
} from "@entrada/core/flow";
import {
  brokerOptionNames,
  checkBrokerOptions,
  type InteractiveBrowserBrokerCredentialOptions,
} from "../src/flow/broker-options.ts";
import { BrokerFlow } from "../src/flow/broker-flow.ts";
import type { DialogQueue } from "../src/dialog/dialog-turn.ts";
import { WamClient } from "../src/wam/wam-client.ts";
import { FakeWam } from "./fake-wam.ts";

export const ARM = "https://management.azure.com/.default";
export const STORAGE = "https://storage.azure.com/.default";

export interface FlowOnFake {
  readonly fake: FakeWam;
  readonly flow: BrokerFlow;
  readonly engine: ReturnType<typeof createEngine>;
  readonly events: AuthenticationEvent[];
}

export interface FlowOnFakeOptions extends InteractiveBrowserBrokerCredentialOptions {
  readonly clock?: Clock;
  readonly dialogs?: DialogQueue;
  readonly fake?: FakeWam;
}

/** The broker's flow, and an engine over it, on a scripted Windows. */
export function flowOnFake(options: FlowOnFakeOptions = {}): FlowOnFake {
  const { clock = systemClock, dialogs = { last: Promise.resolve() }, fake = new FakeWam() } = options;
  const events: AuthenticationEvent[] = [];
  const settings = resolveSettings(
    { ...options, onEvent: (event: AuthenticationEvent) => events.push(event) },
    { timeoutInMs: 300_000 },
    { ...brokerOptionNames(), clock: true, dialogs: true, fake: true },
  );
  const { msaPassthrough, parentWindow, useDefaultBrokerAccount } = checkBrokerOptions(options);
  fake.now = () => clock.now();
  const flow = new BrokerFlow({
    settings,
    client: new WamClient({
      transport: fake,
      probe: fake.probe(),
      clock,
      msaPassthrough,
      hasFallback: options.browserFallback !== "never",
      silentTimeoutInMs: 30_000,
    }),
    parentWindow,
    useDefaultBrokerAccount,
    dialogs,
    report: (event) => events.push(event),
  });
  const engine = createEngine({ settings, flow: "broker", clock, createFlow: () => flow });
  return { fake, flow, engine, events };
}

export function silentRequest(more: Partial<TokenRequest> = {}): TokenRequest {
  return {
    scopes: [ARM],
    tenantId: "organizations",
    enableCae: false,
    signal: new AbortController().signal,
    correlationId: "11111111-2222-4333-8444-555555555555",
    ...more,
  };
}

export function interactiveRequest(more: Partial<InteractiveRequest> = {}): InteractiveRequest {
  return { ...silentRequest(), report: () => {}, ...more };
}

/** What a promise is rejected with; fails the test when it is not. */
export async function reasonOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error("The promise was expected to be rejected.");
}
