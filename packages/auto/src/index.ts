export { AutoCredential } from "./auto-credential.ts";
export type { AutoCredentialOptions, DeviceCodePrompt, WindowHandle } from "./auto-credential-options.ts";
export { explainSignIn, type ExplainOptions } from "./explain-sign-in.ts";
export type { FoundBroker, Installed } from "./plan-sign-in.ts";
export type { SignInFlow, SignInPlan, SignInStep } from "./sign-in-plan.ts";
