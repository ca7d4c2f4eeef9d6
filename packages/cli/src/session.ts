import type { AuthenticationRecord, CredentialOptions, InteractiveCredential } from "@entrada/core";
import type { SessionOptions } from "./session-options.ts";
import { Profiles, type Profile } from "./profiles.ts";
import type { Terminal } from "./terminal.ts";

/** The profile that a command works with, and what credentials are made of by it. */
export interface Session {
  readonly name: string;
  readonly profile: Profile;
  /** With the token cache that all profiles and processes of this person share. */
  readonly credential: CredentialOptions;
  /** Remembers who has signed in. */
  remember(account: AuthenticationRecord | undefined): void;
}

export async function openSession(options: SessionOptions, { env }: Terminal): Promise<Session> {
  const profiles = new Profiles(env);
  const name = options.profile ?? (env["ENTRADA_PROFILE"] || "default");
  const stored = profiles.read()[name] ?? {};
  const profile = { ...stored, ...given(options) };
  // A record names client, authority and tenant: it is another's where one of these is asked for.
  const account = isOther(stored, profile) ? undefined : stored.account;
  const { persistentTokenCache } = await import("@entrada/cache");
  const { clientId, tenantId, authorityHost, protection } = profile;
  return {
    name,
    profile,
    credential: {
      ...defined({ clientId, tenantId, authorityHost, authenticationRecord: account }),
      tokenCache: persistentTokenCache({ name: "entrada", ...defined({ protection }) }),
    },
    remember: (signedIn) =>
      profiles.write(name, {
        ...defined({ clientId, tenantId, authorityHost, protection }),
        ...defined({ account: signedIn }),
      }),
  };
}

/** Works with a credential that takes what is stored and asks nobody. */
export async function silently<T>(
  { credential }: Session,
  work: (credential: InteractiveCredential) => Promise<T>,
): Promise<T> {
  const { InteractiveBrowserCredential } = await import("@entrada/core");
  const silent = new InteractiveBrowserCredential({ ...credential, disableAutomaticAuthentication: true });
  return disposing(silent, work);
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
