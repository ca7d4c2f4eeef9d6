import { codeWords, writeToPerson } from "@entrada/core/surroundings";
import { nobodyReads } from "./nobody-reads.ts";

export { throwWhereNobodyReads } from "./nobody-reads.ts";

/** What a person needs to answer a device code. The device code itself is not in it. */
export interface DeviceCodeInfo {
  /** What the person types: 4 to 16 of A to Z, 0 to 9 and "-". */
  readonly userCode: string;
  /** Where the person types it; always `https:`. */
  readonly verificationUri: string;
  /** The authority's own sentence with both, in one line of plain text. */
  readonly message: string;
  /** When the code ends by the wall clock. */
  readonly expiresOn: Date;
}

/** Shows a person the code. `signal` aborts when the sign-in ends without one: abort, timeout, refusal, end of the code. */
export type UserPromptCallback = (
  info: DeviceCodeInfo,
  context: { readonly signal: AbortSignal },
) => void | Promise<void>;

export interface DeviceCodePromptOptions {
  readonly applicationName?: string | undefined;
  /** Whether it could be written. @defaultValue to standard error: standard output belongs to the application */
  readonly write?: (text: string) => boolean | Promise<boolean>;
  /** Wall time, in ms since 1970. */
  readonly now?: () => number;
}

/**
 * The prompt of people who set none: for what, where, the code alone on its line, how long it works, and a warning,
 * because a code can also be sent to somebody else. It never opens the page by itself.
 * @throws CredentialUnavailableError `unsupported`, detail "not_shown", from the callback, when it cannot be written
 */
export function deviceCodePrompt({
  applicationName,
  write = writeToPerson,
  now = () => Date.now(),
}: DeviceCodePromptOptions): UserPromptCallback {
  return async ({ userCode, verificationUri: url, expiresOn }) => {
    const lines = codeWords({ applicationName, expiresOn, url, userCode }, now());
    // Nobody has seen it: to wait for an answer would be in vain.
    if (!(await write(lines.map((line) => `${line}\n`).join("")))) throw nobodyReads("not_shown");
  };
}
