import type { FlowParts } from "../flow/create-flow-parts.ts";
import { EntraFlow } from "../flow/entra-flow.ts";
import type { Flow } from "../flow/flow.ts";
import type { BrowserSignInOptions } from "./browser-sign-in.ts";

export interface BrowserFlowChoices extends Pick<
  BrowserSignInOptions,
  "openBrowser" | "redirectUri" | "pages"
> {}

/** The browser flow from the parts of a credential and what its caller chose. The sign-in is loaded when it is needed. */
export function createBrowserFlow(
  { entra, clock, settings: { clientId } }: FlowParts,
  choices: BrowserFlowChoices,
): Flow {
  return new EntraFlow({
    name: "browser",
    entra,
    async interactive(request) {
      const { BrowserSignIn } = await import("./browser-sign-in.ts");
      return new BrowserSignIn({ entra, clientId, clock, ...choices }).run(request);
    },
  });
}
