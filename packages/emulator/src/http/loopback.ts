import { isIPv6 } from "node:net";

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];
const EVERY_ADDRESS = ["0.0.0.0", "::"];

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.includes(host.toLowerCase());
}

/** The name or address at which a server answers that listens on `host`, or on both loopback addresses. */
export function reachableName(host: string | undefined): string {
  return host === undefined || EVERY_ADDRESS.includes(host) ? "localhost" : host;
}

/** The same as URLs and `Host` headers have it. */
export function nameInUrls(host: string | undefined): string {
  const name = reachableName(host);
  return new URL(isIPv6(name) ? `https://[${name}]` : `https://${name}`).hostname;
}
