import { EntraFlow, type FlowParts, type Surroundings } from "@entrada/core/credential";
import type { UserPromptCallback } from "./device-code-prompt.ts";
import { throwWhereNobodyReads } from "./nobody-reads.ts";

const STANDARD_ERROR = Object.freeze({});

/**
 * The device code flow from the parts of a credential. The sign-in is loaded when it is needed.
 * @param surroundings - where the prompt is the one of people who set none: it is not shown where nobody reads it
 */
export function createDeviceCodeFlow(
  { entra, clock, settings: { clientId, applicationName } }: Pick<FlowParts, "entra" | "clock" | "settings">,
  userPromptCallback: UserPromptCallback,
  surroundings?: Surroundings,
): EntraFlow {
  return new EntraFlow({
    name: "device-code",
    entra,
    // Without surroundings the caller shows the code: whom that reaches is the caller's matter.
    asksBy: surroundings && STANDARD_ERROR,
    async interactive(request) {
      if (surroundings !== undefined) throwWhereNobodyReads(surroundings);
      const { DeviceCodeSignIn } = await import("./device-code-sign-in.ts");
      return new DeviceCodeSignIn({ entra, clientId, applicationName, clock, userPromptCallback }).run(
        request,
      );
    },
  });
}
