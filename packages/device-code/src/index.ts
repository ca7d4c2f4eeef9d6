export { DeviceCodeCredential, type DeviceCodeCredentialOptions } from "./device-code-credential.ts";
export type { DeviceCodeInfo, UserPromptCallback } from "./device-code-prompt.ts";
