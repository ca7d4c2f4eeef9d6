// All that changes files, their locks among it, in one module: the first save loads it, and who only reads never does.
export { FileChanges } from "./file-changes.ts";
export { keyFileChanges } from "./key-file-changes.ts";
export { RecordChanges } from "./record-changes.ts";
export { withPromptLock } from "../lock/prompt-lock.ts";
