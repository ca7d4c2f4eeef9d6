import { writeToPerson } from "@entrada/core/credential";
import { nobodyReads } from "./nobody-reads.ts";

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
  readonly clientId: string;
  /** An origin. */
  readonly authorityHost: string;
  /** Whether it could be written. @defaultValue to standard error: standard output belongs to the application */
  readonly write?: (text: string) => boolean | Promise<boolean>;
}

/**
 * The prompt of people who set none: the message, who asks for it, and a warning, because a code can also be sent to
 * somebody else (RFC 8628, section 5.4). It never opens the page by itself.
 * @throws CredentialUnavailableError `unsupported`, detail "not_shown", from the callback, when it cannot be written
 */
export function deviceCodePrompt({
  clientId,
  authorityHost,
  write = writeToPerson,
}: DeviceCodePromptOptions): UserPromptCallback {
  const authority = new URL(authorityHost).host;
  return async ({ message, verificationUri, expiresOn }) => {
    const page = new URL(verificationUri).host;
    const written = await write(
      `${message}\n` +
        `Do so only if you started this sign-in yourself: the application ${clientId} asks for it at ${authority}.\n` +
        `The page is on ${page}; the code works until ${timeOfDay(expiresOn)}.\n`,
    );
    // Nobody has seen it: to wait for an answer would be in vain.
    if (!written) throw nobodyReads("not_shown");
  };
}

function timeOfDay(date: Date): string {
  return date.toTimeString().slice(0, "00:00".length);
}
