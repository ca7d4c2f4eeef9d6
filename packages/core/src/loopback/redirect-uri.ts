import type { invalidOption } from "../errors/invalid-option.ts";

/** Where the browser brings the answer: a loopback address of this machine (RFC 8252 section 7.3). */
export interface RedirectUri {
  readonly host: "localhost" | "127.0.0.1" | "[::1]";
  /** 0: any free port. */
  readonly port: number;
  /** The path as it is sent to the authority: "" when none was given. */
  readonly path: string;
}

const LOOPBACK_URI = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?(\/[^?#]*)?$/i;

/**
 * Reads the option `redirectUri`; the default is `http://localhost` with any free port.
 * @throws TypeError for anything but `http://localhost[:port][/path]`, 127.0.0.1 or [::1] in its place.
 */
export function parseRedirectUri(
  text: string | undefined = "http://localhost",
  wrong: typeof invalidOption,
): RedirectUri {
  const match = typeof text === "string" ? LOOPBACK_URI.exec(text) : null;
  const [, host = "", port, path = ""] = match ?? [];
  const number = port === undefined ? 0 : Number(port);
  const portIsReal = port === undefined || (number >= 1 && number <= 65_535);
  // The path is compared byte by byte with what a browser asks for, so it must be what a browser makes of it.
  const pathIsCanonical = path === "" || canonicalPath(path) === path;
  if (match === null || !portIsReal || !pathIsCanonical) {
    throw wrong("redirectUri", 'of the form "http://localhost[:port][/path]"', text);
  }
  return { host: host.toLowerCase() as RedirectUri["host"], port: number, path };
}

function canonicalPath(path: string): string | undefined {
  const base = `http://localhost${path}`;
  return URL.canParse(base) ? new URL(base).pathname : undefined;
}
