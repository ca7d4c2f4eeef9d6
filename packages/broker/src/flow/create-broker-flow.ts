import { createBrowserFlow } from "@entrada/core/browser";
import type { FlowParts } from "@entrada/core/credential";
import type { Flow } from "@entrada/core/flow";
import { findBroker } from "../availability/find-broker.ts";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import type { BrokerSettings, InteractiveBrowserBrokerCredentialOptions } from "./broker-options.ts";
import { TenantNames } from "../contract/tenant-names.ts";
import { openBrokerClient } from "../open-broker-client.ts";
import { BrokerFlow } from "./broker-flow.ts";
import { dialogsOfProcess } from "../dialog/dialog-turn.ts";
import { FallbackFlow } from "./fallback-flow.ts";
import { signInsBy } from "./sign-ins-of-process.ts";
import { SilentOnlyFlow } from "./silent-only-flow.ts";

export interface CreateBrokerFlowOptions {
  readonly parts: FlowParts;
  readonly broker: BrokerSettings;
  readonly browser: Pick<
    InteractiveBrowserBrokerCredentialOptions,
    "openBrowser" | "answerBy" | "redirectUri" | "browserCustomizationOptions"
  >;
}

const WINDOWS = Object.freeze({});
const SILENT_TIMEOUT_IN_MS = 30_000;

/** Puts the credential's flow together. The broker itself is looked for on first use. */
export function createBrokerFlow(options: CreateBrokerFlowOptions): Flow {
  const { parts, broker } = options;
  const flow = new FallbackFlow({
    openBroker: () => openBroker(options),
    browser: broker.browserFallback ? browserFlow(options) : undefined,
    report: (event) => parts.events.report(event),
  });
  return broker.silentOnly ? new SilentOnlyFlow(flow) : flow;
}

async function openBroker({ parts, broker }: CreateBrokerFlowOptions): Promise<Flow> {
  const { settings, clock, entra, events } = parts;
  const { msaPassthrough, parentWindow, useDefaultBrokerAccount } = broker;
  const search = findBroker(broker.transport, undefined, broker.windowsNodePath);
  if (!search.found) throw brokerUnavailable(search);
  const more = {
    clock,
    msaPassthrough,
    hasFallback: broker.browserFallback,
    silentTimeoutInMs: SILENT_TIMEOUT_IN_MS,
    tenants: new TenantNames((ask) => entra.tenantIdOf(ask), clock),
  };
  return new BrokerFlow({
    settings,
    client: await openBrokerClient(search, more),
    // Each credential loads the addon for itself; what it loads asks through the one Windows.
    asksBy: broker.transport ?? WINDOWS,
    signIns: signInsBy(broker.transport),
    parentWindow,
    useDefaultBrokerAccount,
    dialogs: dialogsOfProcess(),
    report: (event) => events.report(event),
  });
}

function browserFlow({ parts, browser }: CreateBrokerFlowOptions): Flow {
  const { openBrowser, answerBy, redirectUri, browserCustomizationOptions: pages } = browser;
  return createBrowserFlow(parts, { openBrowser, answerBy, redirectUri, pages });
}
