import { BROWSER_USED_HTTPS } from "../loopback/loopback-words.ts";
import { ELSE_AGAIN, EXPLAINED_AT } from "../refusals/on-the-page.ts";

export interface TimeoutFacts {
  readonly clientId: string;
  /** The option, if it was given. */
  readonly redirectUri: string | undefined;
  /** What came in the way of opening the browser. */
  readonly trouble: string | undefined;
  /** Whether a browser came with TLS to the loopback port. */
  readonly usedHttps: boolean;
  /** What was refused of what came, in sentences. */
  readonly refused: string | undefined;
}

/**
 * What to do when nobody signed in through the browser. Whatever the authority had to say it said on its page, which
 * never leads back here: so this names what the person may have seen there.
 */
export function timeoutHint({
  clientId,
  redirectUri = "http://localhost",
  trouble,
  usedHttps,
  refused,
}: TimeoutFacts): string {
  return [
    ...(refused === undefined ? [] : [withoutStop(refused)]),
    ...(usedHttps ? [withoutStop(BROWSER_USED_HTTPS)] : []),
    ...(trouble === undefined
      ? []
      : [`${withoutStop(trouble)}. Next time open the URL of the "prompt" event by hand`]),
    "If the page in the browser showed an error, it cannot tell this program: " +
      `for AADSTS50011 (redirect URI) register ${redirectUri} under "Mobile and desktop applications" in the ` +
      `app registration ${clientId}`,
    `Any other AADSTS number on the page is ${EXPLAINED_AT}`,
    ELSE_AGAIN,
  ].join(". ");
}

function withoutStop(text: string): string {
  return text.endsWith(".") ? text.slice(0, -1) : text;
}
