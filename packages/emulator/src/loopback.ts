const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.includes(host.toLowerCase());
}
