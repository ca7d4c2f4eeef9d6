import { invalidOption } from "@entrada/core/credential";

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The server's URL. A bearer token is for whoever reads it, so nothing but https will do, except on this machine
 * (RFC 6750, section 5.3).
 * @throws TypeError for anything else.
 */
export function checkServerUrl(value: unknown, option: string = "serverUrl"): URL {
  const text = value instanceof URL ? value.href : value;
  if (typeof text === "string" && URL.canParse(text)) {
    const url = new URL(text);
    const secure = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
    if (secure && url.username === "" && url.password === "" && url.hash === "") return url;
  }
  throw invalidOption(
    option,
    "an https URL without user name and fragment (http only for this machine)",
    text,
  );
}
