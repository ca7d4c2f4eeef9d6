import { isAuthenticationError } from "@entrada/core/credential";
import { inCommandWords } from "../command-words.ts";
import { Profiles } from "../profiles.ts";
import { silently, type Session } from "../session.ts";
import type { Examined, Finding } from "./finding.ts";

const WORDS: Readonly<Record<string, Pick<Finding, "what" | "todo">>> = {
  cache_no_encryption: {
    what: "There is no keyring that could keep the key of stored tokens.",
    todo: "Start a keyring (on Linux gnome-keyring or KWallet, in a session with D-Bus), or: entrada login --unencrypted-cache",
  },
  cache_locked: {
    what: "Another process keeps the stored sign-in locked.",
    todo: "End programs that hang while they sign in, and try again.",
  },
  cache_unwritable: {
    what: "The folder of the stored sign-in cannot be written.",
    todo: "Give this user the right to write there, or set XDG_STATE_HOME to another folder.",
  },
  cache_corrupt: {
    what: "The file of the stored sign-in is damaged.",
    todo: "Sign in again: entrada login",
  },
  cache_permissions: {
    what: "Others than this user may read the stored sign-in.",
    todo: "Take that right away: chmod 600 the file, chmod 700 its folder.",
  },
};
const OTHERWISE = {
  what: "The stored sign-in cannot be read.",
  todo: "Move its file away, and sign in again: entrada login",
};

/** Whether the profiles are a file that can be read; the first question of all, since everything else begins there. */
export function examineProfiles(
  env: Readonly<Record<string, string | undefined>>,
  chosen: string | undefined,
): Examined {
  const name = chosen ?? (env["ENTRADA_PROFILE"] || "default");
  try {
    const names = Object.keys(new Profiles(env).read());
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
export async function examineStore(session: Session, warned: ReadonlySet<string>): Promise<Examined> {
  try {
    const accounts = await silently(session, (credential) => credential.accounts());
    const signedIn =
      session.account !== undefined &&
      accounts.some(({ homeAccountId }) => homeAccountId === session.account?.homeAccountId);
    const shown = (signedIn ? session.account?.username : undefined) ?? "nobody (entrada login)";
    return {
      facts: [{ name: "Signed in", shown, told: signedIn }],
      findings: [...warned].flatMap((code) =>
        code === "cache_plain" ? [] : [{ code, ...(WORDS[code] ?? OTHERWISE) }],
      ),
    };
  } catch (error) {
    if (!isAuthenticationError(error) || error.code !== "cache") throw error;
    const code = error.detail ?? "cache_unreadable";
    const detail = inCommandWords(error.message.split("\n")[0] ?? "");
    return { facts: [], findings: [{ code, ...(WORDS[code] ?? OTHERWISE), detail }] };
  }
}
