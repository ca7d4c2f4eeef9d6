import type {
  AccessToken,
  AuthenticationEvent,
  AuthenticationRecord,
  CredentialOptions,
  GetTokenOptions,
  InteractiveCredential,
} from "@entrada/core";
import type { CacheWarning } from "@entrada/cache";
import {
  AuthenticationRequiredError,
  isAuthenticationError,
  isAuthenticationRequired,
  type AuthenticationError,
} from "@entrada/core/credential";
import { inCommandWords } from "./command-words.ts";
import { loginWords, neededBy, SIGN_IN_WITH, type NeededOfSignIn } from "./login-words.ts";
import type { SessionOptions } from "./session-options.ts";
import { Profiles, type Profile } from "./profiles.ts";
import type { Terminal } from "./terminal.ts";

/** The profile that a command works with, and what credentials are made of by it. */
export interface Session {
  readonly name: string;
  readonly profile: Profile;
  /** Who has signed in with this profile, also where another tenant is asked for now. */
  readonly account: AuthenticationRecord | undefined;
  /** With the token cache that all profiles and processes of this person share. */
  readonly credential: CredentialOptions & { readonly loginHint?: string };
  /** The command that signs in with this profile, and for what else is needed. */
  login(needed?: NeededOfSignIn): string;
  /** Remembers who has signed in. */
  remember(account: AuthenticationRecord | undefined): void;
}

/** @param onWarning - told what is not in order with the store, instead of the person */
export async function openSession(
  options: SessionOptions,
  terminal: Terminal,
  onWarning?: (warning: CacheWarning) => void,
): Promise<Session> {
  const { env } = terminal;
  const profiles = new Profiles(env);
  const name = options.profile ?? (env["ENTRADA_PROFILE"] || "default");
  const stored = profiles.profile(name);
  const profile = { ...stored, ...given(options) };
  // A record names client, authority and tenant: it is another's where one of these is asked for.
  const account = isOther(stored, profile) ? undefined : stored.account;
  const loginHint = account === undefined ? stored.account?.username : undefined;
  const { persistentTokenCache } = await import("@entrada/cache");
  const { clientId, tenantId, authorityHost, protection } = profile;
  return {
    name,
    profile,
    account: stored.account,
    credential: {
      ...defined({ clientId, tenantId, authorityHost, authenticationRecord: account, loginHint }),
      tokenCache: persistentTokenCache({
        name: "entrada",
        ...defined({ protection }),
        onWarning: (warning) => {
          if (onWarning !== undefined) return onWarning(warning);
          // Whoever has chosen this once knows it.
          if (warning.code === "cache_plain" && stored.protection === "prefer") return;
          void terminal.say(`${inCommandWords(warning.message)}\n`);
        },
      }),
    },
    login: (needed) => loginWords(options, needed),
    remember: (signedIn) =>
      profiles.write(name, {
        ...defined({ clientId, tenantId, authorityHost, protection }),
        ...defined({ account: signedIn }),
      }),
  };
}

// A credential goes on in memory with these. Here nothing is in memory, and what is stored is all there is.
const HIDES_WHAT_IS_STORED: ReadonlySet<string | undefined> = new Set([
  "cache_unreadable",
  "cache_locked",
  "cache_version",
  "cache_not_regular",
]);

/**
 * Works with a credential that takes what is stored and asks nobody.
 * @throws AuthenticationError `cache` where it cannot be read: that nobody is signed in would be a guess
 */
export async function silently<T>(
  session: Session,
  work: (credential: InteractiveCredential) => Promise<T>,
): Promise<T> {
  const { result, fault } = await lookingIn(session, work);
  if (fault !== undefined) throw fault;
  return result;
}

interface Found<T> {
  readonly result: T;
  /** Why not all that is stored could be read. */
  readonly fault: AuthenticationError | undefined;
}

async function lookingIn<T>(
  { credential }: Session,
  work: (credential: InteractiveCredential) => Promise<T>,
): Promise<Found<T>> {
  const { InteractiveBrowserCredential } = await import("@entrada/core");
  const store = new StoreWatch();
  const { onEvent } = store;
  const silent = new InteractiveBrowserCredential({
    ...credential,
    disableAutomaticAuthentication: true,
    onEvent,
  });
  const result = await store.explaining(() => disposing(silent, work));
  return { result, fault: store.fault };
}

/** Hears why what is stored cannot be read. */
export class StoreWatch {
  fault: AuthenticationError | undefined;

  /** For the credential that uses the store. */
  readonly onEvent = (event: AuthenticationEvent): void => {
    const error = event.type === "warning" ? event.error : undefined;
    if (isAuthenticationError(error) && HIDES_WHAT_IS_STORED.has(error.detail)) this.fault ??= error;
  };

  /** Where nobody seems to be signed in, because what is stored cannot be read, that is the error. */
  async explaining<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw isAuthenticationRequired(error) && this.fault !== undefined ? this.fault : error;
    }
  }
}

/**
 * A token of the stored sign-in, renewed where that is needed; asks nobody.
 * @throws AuthenticationRequiredError where nobody has signed in with this profile: an account that another profile has
 * left in the cache is not this one's
 */
export async function storedToken(
  session: Session,
  scopes: string | readonly string[],
  options: GetTokenOptions,
): Promise<AccessToken> {
  const asked = typeof scopes === "string" ? scopes : [...scopes];
  if (session.account !== undefined)
    return namingTheCommand(session, async () => {
      const { result } = await lookingIn(session, (each) => each.getToken(asked, options));
      return result;
    });
  throw new AuthenticationRequiredError({
    what: `Nobody is signed in with the profile ${session.name}`,
    remedy:
      SIGN_IN_WITH +
      session.login(options.claims === undefined ? {} : { scopes: [asked].flat(), claims: options.claims }),
    detail: "no_account",
    scopes: [asked].flat(),
  });
}

/** Where a person must sign in, the error's hint names the command that does so for just this. */
export async function namingTheCommand<T>(session: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAuthenticationRequired(error)) throw error;
    throw Object.assign(error, { hint: SIGN_IN_WITH + session.login(neededBy(error)) });
  }
}

/** Works with a credential, and lets it go at the end. */
export async function disposing<T>(
  credential: InteractiveCredential,
  work: (credential: InteractiveCredential) => Promise<T>,
): Promise<T> {
  try {
    return await work(credential);
  } finally {
    await credential[Symbol.asyncDispose]();
  }
}

function given({ clientId, tenant, authorityHost, unencryptedCache }: SessionOptions): Profile {
  return defined({
    clientId,
    tenantId: tenant,
    authorityHost,
    protection: unencryptedCache === true ? ("prefer" as const) : undefined,
  });
}

function isOther(stored: Profile, profile: Profile): boolean {
  return (["clientId", "tenantId", "authorityHost"] as const).some((name) => stored[name] !== profile[name]);
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
