import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import type { Subject } from "./subject.ts";

export const entrada: Subject = {
  name: "entrada",
  browser: ({ onOpen, ...options }) => new InteractiveBrowserCredential({ ...options, openBrowser: onOpen }),
  deviceCode: ({ onPrompt, ...options }) =>
    new DeviceCodeCredential({ ...options, userPromptCallback: onPrompt }),
};
