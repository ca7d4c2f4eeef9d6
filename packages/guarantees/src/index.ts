export { azureIdentity } from "./azure-identity.ts";
export { entrada } from "./entrada.ts";
export type {
  BrowserSubjectOptions,
  DeviceCodeSubjectOptions,
  Subject,
  SubjectCredential,
  SubjectOptions,
} from "./subject.ts";
