const LONGEST_HEADER = 16_384;

/**
 * A parameter of the Bearer challenge in a `WWW-Authenticate` header (RFC 6750, section 3; RFC 9728, section 5.1).
 * @returns undefined where it is not there, or stands there twice.
 */
export function challengeParameter(header: string | null, name: string): string | undefined {
  if (!header || header.length > LONGEST_HEADER || !/^\s*bearer\b/i.test(header)) return undefined;
  const found = [...header.matchAll(/(?<![\w-])([\w-]+)="([^"\\]*)"/g)].filter(
    ([, key]) => key?.toLowerCase() === name,
  );
  return found.length === 1 ? found[0]?.[2] : undefined;
}
