import type { EntraError } from "../refusals/entra-error.ts";
import { formPostPage } from "../pages/page.ts";
import { redirect, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";

/** Where an answer goes and how, once the redirect URI is known to be the application's. */
export interface AnswerAddress {
  readonly redirectUri: string;
  readonly mode: "query" | "fragment" | "form_post";
  /** The client's own value, sent back as it came. */
  readonly state: string | undefined;
}

/** The fields of an answer, on their way to the application. */
export function sendAnswer(
  { redirectUri, mode, state }: AnswerAddress,
  answer: Readonly<Record<string, string>>,
): Reply {
  const fields = { ...answer, ...(state === undefined ? {} : { state }) };
  if (mode === "form_post") return formPostPage(redirectUri, fields);
  const url = new URL(redirectUri);
  if (mode === "fragment") url.hash = new URLSearchParams(fields).toString();
  else for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return redirect(url.href);
}

/** A refusal, on its way to the application (RFC 6749 section 4.1.2.1). */
export function sendRefusal(to: AnswerAddress, error: EntraError, request: EmulatorRequest): Reply {
  // Whoever goes back has no reason to give, and Entra gives none.
  if (error.subcode !== undefined)
    return sendAnswer(to, { error: error.error, error_subcode: error.subcode });
  return sendAnswer(to, {
    error: error.error,
    error_description: error.describe(request),
    ...(error.aadsts === undefined || request.params["tenant"] === "adfs"
      ? {}
      : { error_uri: `${request.origin}/error?code=${error.aadsts}` }),
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    ...(error.claims === undefined ? {} : { claims: error.claims }),
  });
}

/** What a Content-Security-Policy calls the place a redirect URI leads to. */
export function formTargetOf(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri);
  return protocol === "http:" || protocol === "https:" ? `${protocol}//${host}` : protocol;
}
