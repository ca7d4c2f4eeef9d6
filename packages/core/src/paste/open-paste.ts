// All that a sign-in needs whose answer a person brings, loaded at once.
export { PendingAnswer } from "../loopback/pending-answer.ts";
export { noListener } from "./no-listener.ts";
export { askForPaste } from "./paste-question.ts";
