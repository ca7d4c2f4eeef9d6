/** What must be true of a sign-in before a tenant hands out a token: the tenant's Conditional Access. */
export interface EmulatorPolicy {
  /**
   * `mfa`: a second factor, given on the sign-in page (AADSTS50076 for a silent request).
   * `compliantDevice`: refused with AADSTS53000. `managedDevice`: AADSTS530003. `block`: AADSTS53003.
   * `stepUp`: a second factor for what changes something. Tokens are issued as ever; Resource Manager answers a write
   * with a 401 whose claims ask for the authentication context.
   */
  require: "mfa" | "compliantDevice" | "managedDevice" | "block" | "stepUp";
  /** Of `stepUp`: the value in `acrs`. @defaultValue "p1", as Azure has it */
  authenticationContext?: string | undefined;
  /** Only for this resource, such as `https://management.azure.com`. @defaultValue every resource */
  resource?: string | undefined;
  /** Only for these user names. @defaultValue everyone */
  accounts?: string[] | undefined;
  /** Only for this sign-in way. @defaultValue every way */
  flow?: "deviceCode" | undefined;
}

/** A directory. */
export interface EmulatorTenant {
  /**
   * `external-id`: Microsoft Entra External ID, whose issuer is `https://ID.ciamlogin.com/ID/v2.0`.
   * `adfs`: AD FS, at `/adfs` and without versions; Azure Stack Hub with one is alike. @defaultValue "entra"
   */
  kind?: "entra" | "external-id" | "adfs" | undefined;
  /** GUID. */
  id: string;
  /**
   * Its default domain, such as `contoso.example`; usable in place of the id. That of an External ID tenant begins with
   * its name: `woodgrove.onmicrosoft.com` answers at `woodgrove.ciamlogin.com`.
   */
  domain: string;
  displayName: string;
  /** Domains of its own that it is asked at, such as `login.woodgrove.example`. @defaultValue none */
  hosts?: string[] | undefined;
  /** @defaultValue none */
  policies?: EmulatorPolicy[] | undefined;
}

/** A person's account. Its home is `tenantId`; it may be a guest elsewhere. */
export interface EmulatorAccount {
  /** The user principal name, such as `ada@contoso.example`. Compared without case. */
  username: string;
  displayName: string;
  /** The object id in the home tenant: GUID. */
  objectId: string;
  /** The home tenant. {@link PERSONAL_TENANT_ID} makes it a personal account. */
  tenantId: string;
  /** Tenants that invited this account, and the object id it has there. @defaultValue none */
  guestOf?: { tenantId: string; objectId: string }[] | undefined;
  /** A disabled account is refused with AADSTS50057. @defaultValue false */
  disabled?: boolean | undefined;
}

/** An app registration. Public clients only: the emulator knows no secrets. */
export interface EmulatorApplication {
  /** GUID. */
  clientId: string;
  name: string;
  /** The tenant it is registered in. Needed for `audience: "singleTenant"`. */
  tenantId?: string | undefined;
  /** Who may sign in. @defaultValue "anyOrganizationAndPersonal" */
  audience?: "singleTenant" | "anyOrganization" | "anyOrganizationAndPersonal" | "personal" | undefined;
  /** Redirect URIs of the platform "Mobile and desktop applications". A loopback one matches any port. */
  redirectUris?: string[] | undefined;
  /** Redirect URIs of the platform "Web": redeeming a code needs a secret there (AADSTS7000218). */
  webRedirectUris?: string[] | undefined;
  /** The registration's "Allow public client flows": device code needs it (AADSTS7000218). @defaultValue true */
  allowPublicClientFlows?: boolean | undefined;
  /** Whether people are asked for consent. @defaultValue "preauthorized" */
  consent?: "preauthorized" | "required" | undefined;
}

/** An API that tokens are issued for. */
export interface EmulatorResource {
  /** Its application id URI, such as `https://vault.azure.net` or `api://orders`. */
  uri: string;
  /** Its application id: the audience of version 2 tokens. */
  appId: string;
  name: string;
  /** The delegated permissions it offers. The first is what `.default` grants at least. */
  scopes: string[];
  /** The token version it asks for. @defaultValue 1 */
  tokenVersion?: 1 | 2 | undefined;
  /**
   * `sts.windows.net` puts Entra's own version 1 issuer into its tokens, which storage emulators insist on.
   * Every other token names this emulator as its issuer. @defaultValue "emulator"
   */
  issuer?: "emulator" | "sts.windows.net" | undefined;
}

/** An Azure subscription that the Resource Manager endpoint lists. */
export interface EmulatorSubscription {
  /** GUID. */
  subscriptionId: string;
  displayName: string;
  tenantId: string;
  /** Who sees it, by user name. @defaultValue everyone in the tenant */
  accounts?: string[] | undefined;
}

/** The tenant of all personal Microsoft accounts (Microsoft Entra: "Access token claims reference", `tid`). */
export const PERSONAL_TENANT_ID = "9188040d-6c67-4c5b-b112-36a304b66dad";
