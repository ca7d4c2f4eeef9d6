/**
 * Windows's numbers for what another broker says in words of its own. Apart from their meanings, which such a broker
 * need not load to name one.
 */
export const WINDOWS_CODES = {
  networkUnreachable: 0x800704cf,
  serverUnavailable: 0xcaa20008,
  invalidRequest: 0xcaa20002,
} as const;
