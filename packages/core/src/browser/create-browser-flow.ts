import type { FlowParts } from "../credential/create-flow-parts.ts";
import type { Flow } from "../flow/flow.ts";
import type { BrowserFlowChoices } from "./browser-flow-choices.ts";

const SYSTEM_BROWSER = Object.freeze({});

/** The browser flow from the parts of a credential and what its caller chose. The sign-in is loaded when it is needed. */
export function createBrowserFlow(
  { entra, entraFlow, clock, events, settings: { clientId, applicationName } }: FlowParts,
  choices: BrowserFlowChoices,
): Flow {
  return entraFlow({
    name: "browser",
    // Whom the caller's own way of opening reaches is the caller's matter.
    asksBy: choices.openBrowser === undefined ? SYSTEM_BROWSER : undefined,
    async interactive(request) {
      const { browserSignIn } = await import("./browser-sign-in.ts");
      const parts = { entra, clientId, clock, applicationName, isHeard: events.isHeard };
      return browserSignIn({ ...parts, ...choices }, request);
    },
  });
}
