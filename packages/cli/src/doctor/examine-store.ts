import type { CacheWarning } from "@entrada/cache";
import { isAuthenticationError, type AuthenticationError } from "@entrada/core/credential";
import { inCommandWords } from "../command-words.ts";
import { Profiles } from "../profiles.ts";
import { silently, type Session } from "../session.ts";
import type { Examined, Finding } from "./finding.ts";

// What is wrong, without what is the person's own. What to do about it the library says with each, in `hint`.
const WHAT: Readonly<Record<string, string>> = {
  cache_no_encryption: "There is nothing that could keep the key of stored tokens.",
  cache_locked: "Another process keeps the stored sign-in locked.",
  cache_unwritable: "The folder of the stored sign-in cannot be written.",
  cache_corrupt: "The file of the stored sign-in is damaged.",
  cache_permissions: "Others than this user may read the stored sign-in.",
  cache_key_permissions: "Others than this user may use the key of the stored sign-in.",
};
const OTHERWISE = "The stored sign-in cannot be read.";
/** What a warning without an error leaves to do. */
const STILL_TO_DO: Readonly<Record<string, string>> = {
  cache_permissions: "Take that right away: chmod 600 the file, chmod 700 its folder.",
  cache_key_permissions: "Take that right away: chmod 600 the file that ENTRADA_CACHE_KEY_FILE names.",
};
const SIGN_IN_AGAIN = "Sign in again: entrada login";

/** Whether the profiles are a file that can be read; the first question of all, since everything else begins there. */
export function examineProfiles(
  env: Readonly<Record<string, string | undefined>>,
  chosen: string | undefined,
): Examined {
  const name = chosen ?? (env["ENTRADA_PROFILE"] || "default");
  try {
    const profiles = new Profiles(env);
    const names = Object.keys(profiles.read());
    profiles.profile(name);
    const known = names.includes(name);
    const findings: Finding[] = [];
    if (!known && name !== "default") {
      findings.push({
        code: "profile_unknown",
        what: "There is no profile of the name that is asked for.",
        todo: "Give another by --profile or ENTRADA_PROFILE, or sign in with it: entrada login --profile <name>",
        detail: `${name}; there are: ${names.join(", ") || "none"}`,
      });
    }
    return { facts: [{ name: "Profile", shown: name, told: known }], findings };
  } catch (error) {
    return {
      facts: [],
      findings: [
        {
          code: "profiles_unreadable",
          what: "The file of the profiles cannot be used.",
          todo: "Mend it, or move it away and sign in again; ENTRADA_CONFIG_DIR names another folder.",
          detail: inCommandWords((error as Error).message),
        },
      ],
    };
  }
}

/** The stored sign-in: can it be read, and is somebody signed in? */
export async function examineStore(
  session: Session,
  warnings: ReadonlyMap<string, CacheWarning>,
): Promise<Examined> {
  try {
    const accounts = await silently(session, (credential) => credential.accounts());
    const signedIn =
      session.account !== undefined &&
      accounts.some(({ homeAccountId }) => homeAccountId === session.account?.homeAccountId);
    const shown = (signedIn ? session.account?.username : undefined) ?? `nobody (${session.login()})`;
    return {
      facts: [{ name: "Signed in", shown, told: signedIn }],
      findings: [...warnings.values()].flatMap(({ code, error }) =>
        code === "cache_plain" ? [] : [{ code, what: WHAT[code] ?? OTHERWISE, todo: todoOf(code, error) }],
      ),
    };
  } catch (error) {
    if (!isAuthenticationError(error) || error.code !== "cache") throw error;
    const code = error.detail ?? "cache_unreadable";
    const findings = [
      { code, what: WHAT[code] ?? OTHERWISE, todo: todoOf(code, error), detail: whatOf(error) },
    ];
    return { facts: [], findings };
  }
}

/** What happened, without what to do, which has a line of its own. */
function whatOf({ message, hint }: AuthenticationError): string {
  const end = hint === undefined ? -1 : message.indexOf(hint);
  return inCommandWords(end === -1 ? message : message.slice(0, end).trimEnd());
}

function todoOf(code: string, error: Error | undefined): string {
  const hint = isAuthenticationError(error) ? error.hint : undefined;
  return hint === undefined ? (STILL_TO_DO[code] ?? SIGN_IN_AGAIN) : `${inCommandWords(hint)}.`;
}
