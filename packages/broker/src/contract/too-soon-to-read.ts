/** Sooner than this nobody has seen a dialog, read it and closed it. */
const READ_IN_MS = 500;

/** Whether a dialog ended so soon that no person can have answered. */
export function tooSoonToRead(openForMs: number | undefined): boolean {
  return openForMs !== undefined && openForMs < READ_IN_MS;
}
