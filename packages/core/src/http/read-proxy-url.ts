import { HttpTransportError } from "./http-transport.ts";

const LONGEST_SHOWN = 200;

/**
 * A proxy's URL as an environment variable has it, with or without its scheme.
 * @throws HttpTransportError `proxy_invalid`: why it cannot be read and what to write, without user name and password
 */
export function readProxyUrl(variable: string, text: string): URL {
  const address = text.includes("://") ? text : `http://${text}`;
  const fault = faultOf(address);
  if (fault === undefined) return new URL(address);
  const message = `${variable} is set to ${JSON.stringify(withoutCredentials(text))}, which ${fault}`;
  throw new HttpTransportError("proxy_invalid", message, { sent: false });
}

function faultOf(address: string): string | undefined {
  // The URL parser takes a backslash for a slash: what stands before it would become the host.
  if (address.includes("\\")) return "has a backslash in it, written %5C in a URL";
  if (!URL.canParse(address)) return "is not a URL";
  const { protocol, username, password, host, pathname, search, hash } = new URL(address);
  // "http:/proxy" has no "://", so that its scheme was taken for a host.
  if (/^https?:?$/.test(host)) return "is not a URL";
  if (!isDecodable(username) || !isDecodable(password)) {
    return 'has a "%" in its user name or password, written %25 in a URL';
  }
  if (protocol !== "http:" && protocol !== "https:") return "is not the URL of an http or https proxy";
  // A "/", "?" or "#" in a password ends the host for the parser, and the rest of the password is a path.
  return `${pathname}${search}${hash}`.includes("@")
    ? 'has a "/", "?" or "#" in its user name or password, written %2F, %3F and %23 in a URL'
    : undefined;
}

function isDecodable(text: string): boolean {
  try {
    return typeof decodeURIComponent(text) === "string";
  } catch {
    return false;
  }
}

// Whatever stands before the last "@" may be a password, also where no parser sees it as one, and what is no port, too.
function withoutCredentials(text: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? "";
  const rest = text.slice(scheme.length);
  const at = rest.lastIndexOf("@");
  if (at < 0 && !/:(?!\d*(\/|$))/.test(rest)) return text.slice(0, LONGEST_SHOWN);
  return `${scheme}***${at < 0 ? "" : rest.slice(at)}`.slice(0, LONGEST_SHOWN);
}
