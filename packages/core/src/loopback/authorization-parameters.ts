/** The parameters of an authorization response that we read (RFC 6749 section 4.1.2, RFC 9207, Microsoft's own). */
const KNOWN = [
  "state",
  "code",
  "error",
  "error_description",
  "error_subcode",
  "error_uri",
  "iss",
  "client_info",
  "session_state",
] as const;

export type AuthorizationParameters = { readonly [Name in (typeof KNOWN)[number]]?: string };

/**
 * Reads a form-encoded answer. `undefined` when a parameter that we know is there twice (RFC 6749 section 3.1
 * forbids it: a second value is how an answer is smuggled past a check) or the text is not UTF-8.
 */
export function parseAuthorizationParameters(text: string): AuthorizationParameters | undefined {
  if (!isEncodedUtf8(text)) return undefined;
  const all = new URLSearchParams(text);
  const parameters: Record<string, string> = {};
  for (const name of KNOWN) {
    const values = all.getAll(name);
    if (values.length > 1) return undefined;
    if (values[0] !== undefined) parameters[name] = values[0];
  }
  return parameters;
}

// URLSearchParams puts U+FFFD in the place of bytes that are not UTF-8, so two different answers could look alike.
function isEncodedUtf8(text: string): boolean {
  try {
    return typeof decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, "%25")) === "string";
  } catch {
    return false; // URIError: the answer to the question
  }
}
