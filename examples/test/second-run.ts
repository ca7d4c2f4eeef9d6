// One run of the example in a process of its own. The parent plays the browser: it is sent the sign-in URL.
import { persistentTokenCache } from "@entrada/cache";
import { AuthenticationError } from "@entrada/core";
import { silentSecondRun } from "../silent-second-run.ts";

/** What the parent decides, in the environment variable `RUN`. */
export interface Run {
  readonly authorityHost: string;
  readonly recordFile: string;
  /** Absent: tokens are kept in the memory of the process. */
  readonly cacheDirectory?: string;
}

/** What this process says to its parent. */
export type Said = { readonly url: string } | { readonly line: string } | { readonly failed: string };

const say = (said: Said): void => void process.send?.(said);
const { authorityHost, recordFile, cacheDirectory } = JSON.parse(process.env["RUN"] ?? "{}") as Run;

try {
  await silentSecondRun({
    recordFile,
    print: (line) => say({ line }),
    credential: {
      authorityHost,
      openBrowser: (url) => say({ url }),
      tokenCache:
        cacheDirectory === undefined
          ? undefined
          : persistentTokenCache({
              name: "second-run",
              directory: cacheDirectory,
              protection: "prefer",
              onWarning: () => {},
              // The keyring of the person who runs the tests stays as it is.
              keyStore: () => ({ read: noKeyring, write: noKeyring, remove: noKeyring }),
            }),
    },
  });
} catch (error) {
  say({ failed: error instanceof AuthenticationError ? error.code : String(error) });
}
process.disconnect();

function noKeyring(): Promise<never> {
  return Promise.reject(
    new AuthenticationError({
      code: "cache",
      detail: "cache_no_encryption",
      what: "The tests use no keyring",
    }),
  );
}
