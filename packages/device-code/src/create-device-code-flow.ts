import type { FlowParts } from "@entrada/core/credential";
import type { Flow } from "@entrada/core/flow";
import type { UserPromptCallback } from "./device-code-prompt.ts";

const STANDARD_ERROR = Object.freeze({});

/** How a code reaches its reader. */
export interface ReaderChoices {
  /** @defaultValue tells the person on standard error */
  readonly userPromptCallback?: UserPromptCallback | undefined;
  /** Whether no code is asked for where nobody would read standard error. */
  readonly needsReader?: boolean | undefined;
}

/** The device code flow from the parts of a credential. The sign-in is loaded when it is needed. */
export function createDeviceCodeFlow(
  { entra, entraFlow, clock, settings: { clientId, applicationName } }: Omit<FlowParts, "events">,
  { userPromptCallback, needsReader }: ReaderChoices,
): Flow {
  return entraFlow({
    name: "device-code",
    // Elsewhere the caller shows the code: whom that reaches is the caller's matter.
    asksBy: needsReader ? STANDARD_ERROR : undefined,
    async interactive(request) {
      if (needsReader || !userPromptCallback) {
        const { deviceCodePrompt, throwWhereNobodyReads } = await import("./device-code-prompt.ts");
        if (needsReader) throwWhereNobodyReads();
        userPromptCallback ??= deviceCodePrompt({ applicationName });
      }
      const { DeviceCodeSignIn } = await import("./device-code-sign-in.ts");
      return new DeviceCodeSignIn({ entra, clientId, applicationName, clock, userPromptCallback }).run(
        request,
      );
    },
  });
}
