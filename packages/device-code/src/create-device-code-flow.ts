import { EntraFlow, type FlowParts } from "@entrada/core/credential";
import type { UserPromptCallback } from "./device-code-prompt.ts";

/** The device code flow from the parts of a credential. The sign-in is loaded when it is needed. */
export function createDeviceCodeFlow(
  { entra, clock, settings: { clientId } }: Pick<FlowParts, "entra" | "clock" | "settings">,
  userPromptCallback: UserPromptCallback,
): EntraFlow {
  return new EntraFlow({
    name: "device-code",
    entra,
    async interactive(request) {
      const { DeviceCodeSignIn } = await import("./device-code-sign-in.ts");
      return new DeviceCodeSignIn({ entra, clientId, clock, userPromptCallback }).run(request);
    },
  });
}
