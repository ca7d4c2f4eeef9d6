import type { FlowParts } from "../flow/create-flow-parts.ts";
import { BrowserFlow, type BrowserFlowOptions } from "./browser-flow.ts";
import { systemBrowser, type OpenBrowser } from "./open-browser.ts";

export interface BrowserFlowChoices extends Pick<BrowserFlowOptions, "redirectUri" | "pages"> {
  /** @defaultValue the system's browser */
  readonly openBrowser?: OpenBrowser | undefined;
}

/** The browser flow from the parts of a credential and what its caller chose. */
export function createBrowserFlow(
  { entra, clock, settings }: FlowParts,
  { openBrowser = systemBrowser(), ...choices }: BrowserFlowChoices,
): BrowserFlow {
  return new BrowserFlow({ entra, clientId: settings.clientId, clock, openBrowser, ...choices });
}
