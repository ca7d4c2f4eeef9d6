/** That standard output takes nothing. */
export interface LostOutput {
  /** Of Node.js, such as `ENOSPC`. */
  readonly code: string;
  /** Whether its reader has gone, which has read what it wanted. */
  readonly isRead: boolean;
}

// A reader that has gone has read what it wanted.
const GONE = ["EPIPE", "ECONNRESET", "EBADF"];

/**
 * Lets no closed or full output end this process: without a listener Node.js would, with a stack. It says once that
 * standard output is lost, and never where all is written; of standard error there is nobody to tell.
 */
export function lostOutput(): Promise<LostOutput> {
  process.stderr.on("error", () => {});
  return new Promise((resolve) => {
    process.stdout.on("error", ({ code = "no reason known" }: NodeJS.ErrnoException) =>
      resolve({ code, isRead: GONE.includes(code) }),
    );
  });
}
