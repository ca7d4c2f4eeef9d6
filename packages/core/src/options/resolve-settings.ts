import type { AuthenticationRecord } from "../authentication-record.ts";
import { checkAuthenticationRecord } from "../authentication-record.ts";
import { AzureAuthorityHosts, canonicalAuthorityHost } from "../authority/authority-hosts.ts";
import { checkAuthority, checkTenantId, type CheckedAuthority } from "./check-authority.ts";
import { isEmptyGuid } from "../authority/tenant-form.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { Prompt } from "../flow/flow.ts";
import type { KnownNames } from "../errors/known-names.ts";
import { check } from "./check-option.ts";
import { sharedOptionNames, type SharedOptions } from "./shared-option-names.ts";
import { OPTION_DEFAULTS } from "./option-defaults.ts";

/** Options after their defaults and checks: what the engine and the flows work with. */
export interface CredentialSettings {
  readonly clientId: string;
  /** For people to read; never sent. */
  readonly applicationName: string | undefined;
  readonly tenantId: string;
  /** An origin without a final slash. */
  readonly authorityHost: string;
  /** In lower case. */
  readonly additionallyAllowedTenants: readonly string[];
  readonly disableInstanceDiscovery: boolean;
  readonly account: AuthenticationRecord | undefined;
  readonly automaticAuthentication: boolean;
  readonly tokenCache: TokenCacheStore | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly requestTimeoutInMs: number;
  readonly onEvent: ((event: AuthenticationEvent) => void) | undefined;
  /** Undefined: the flow itself ends the wait. */
  readonly timeoutInMs: number | undefined;
  readonly loginHint: string | undefined;
  readonly prompt: Prompt | undefined;
  readonly promptCooldownInMs: number;
}

const PROMPTS: readonly Prompt[] = ["select_account", "login", "consent", "none"];
const STORE_METHODS = ["read", "list", "write", "remove", "clear", "withLock"] as const;

/** The names of a credential's own options: the compiler asks for every one that is not shared by all. */
export type OwnNames<Options> = KnownNames<Omit<Options, keyof SharedOptions>>;

/** What one object of options for several credentials may hold besides: each takes what is its own. */
const ofOtherCredentials = (): Readonly<Record<string, true>> => ({
  answerBy: true,
  browserCustomizationOptions: true,
  browserFallback: true,
  disableInteractiveFallback: true,
  legacyEnableMsaPassthrough: true,
  openBrowser: true,
  parentWindowHandle: true,
  redirectUri: true,
  useDefaultBrokerAccount: true,
  userPromptCallback: true,
});

/**
 * Checks the options that all credentials share and fills in the defaults. Does no I/O.
 * @param own - the names of the options that the credential has besides; any other name is refused
 * @throws TypeError with a `code`, naming the wrong option.
 */
export function resolveSettings<Options extends SharedOptions>(
  options: Options,
  defaults: { readonly timeoutInMs?: number } = {},
  ...[own]: Exclude<keyof Options, keyof SharedOptions> extends never
    ? [own?: OwnNames<Options>]
    : [own: OwnNames<Options>]
): CredentialSettings {
  check.names<object>("options", options, { ...sharedOptionNames(), ...own }, ofOtherCredentials());
  const record = options.authenticationRecord;
  if (record !== undefined) checkAuthenticationRecord(record, "authenticationRecord");
  if (options.tokenCache !== undefined) check.methods("tokenCache", options.tokenCache, STORE_METHODS);

  return {
    clientId: clientIdOf(...chosen("clientId", options.clientId, record?.clientId, OPTION_DEFAULTS.clientId)),
    applicationName: check.text("applicationName", options.applicationName),
    ...authorityFor(options, record),
    additionallyAllowedTenants: allowedTenants(options.additionallyAllowedTenants),
    disableInstanceDiscovery: check.boolean(
      "disableInstanceDiscovery",
      options.disableInstanceDiscovery,
      OPTION_DEFAULTS.disableInstanceDiscovery,
    ),
    // A copy: what the caller does to it afterwards changes nothing here.
    account: record && { ...record },
    automaticAuthentication: !check.boolean(
      "disableAutomaticAuthentication",
      options.disableAutomaticAuthentication,
      OPTION_DEFAULTS.disableAutomaticAuthentication,
    ),
    tokenCache: options.tokenCache,
    fetch: check.function("fetch", options.fetch),
    requestTimeoutInMs:
      check.milliseconds("requestTimeoutInMs", options.requestTimeoutInMs) ??
      OPTION_DEFAULTS.requestTimeoutInMs,
    onEvent: check.function("onEvent", options.onEvent),
    timeoutInMs: check.milliseconds("timeoutInMs", options.timeoutInMs) ?? defaults.timeoutInMs,
    loginHint: check.text("loginHint", options.loginHint),
    prompt: check.oneOf("prompt", options.prompt, PROMPTS),
    promptCooldownInMs:
      check.milliseconds("promptCooldownInMs", options.promptCooldownInMs, 0) ??
      OPTION_DEFAULTS.promptCooldownInMs,
  };
}

function authorityFor(options: SharedOptions, record: AuthenticationRecord | undefined): CheckedAuthority {
  const { AZURE_AUTHORITY_HOST: ofEnvironment } = process.env;
  const [host, hostOption] = chosen(
    "authorityHost",
    options.authorityHost,
    record && authorityOf(record),
    ofEnvironment || AzureAuthorityHosts.AzurePublicCloud,
    ofEnvironment ? "authorityHost (from the environment variable AZURE_AUTHORITY_HOST)" : undefined,
  );
  const [tenant, option] = chosen("tenantId", undefined, record?.tenantId, OPTION_DEFAULTS.tenantId);
  return checkAuthority(
    { value: host, option: hostOption },
    options.tenantId === undefined ? undefined : { value: options.tenantId, option: "tenantId" },
    // A host that ends in a tenant is as good as a tenant that is given: the record's own gives way to both.
    { value: tenant, option },
  );
}

/** What was given, else what the record says, else the default; and what to call it if it is wrong. */
function chosen(
  option: "clientId" | "tenantId" | "authorityHost",
  given: string | undefined,
  recorded: string | undefined,
  otherwise: string,
  otherwiseFrom: string = option,
): [value: string, option: string] {
  // Only undefined means "not given": null is a mistake that the checks tell of.
  if (given !== undefined) return [given, option];
  if (recorded === undefined) return [otherwise, otherwiseFrom];
  return [recorded, `authenticationRecord.${option === "authorityHost" ? "authority" : option}`];
}

function clientIdOf(value: string, option: string): string {
  const clientId = check.text(option, value) ?? "";
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(clientId) || isEmptyGuid(clientId)) {
    throw check.wrong(option, "the application (client) id of an app registration, such as a GUID", value);
  }
  return clientId;
}

// A record keeps only the host, sometimes by one of its other names. Older tools wrote a whole URL.
function authorityOf({ authority }: AuthenticationRecord): string {
  const url = authority.includes("://") ? authority : `https://${authority}`;
  if (!URL.canParse(url))
    throw check.wrong("authenticationRecord", 'a record whose "authority" is a host', authority);
  return canonicalAuthorityHost(new URL(url).origin);
}

function allowedTenants(tenants: readonly string[] | undefined): readonly string[] {
  if (tenants === undefined) return [];
  if (!Array.isArray(tenants)) {
    throw check.wrong("additionallyAllowedTenants", 'an array of tenant ids, or ["*"]', tenants);
  }
  return tenants.map((tenant) =>
    tenant === "*" ? tenant : checkTenantId(tenant, "additionallyAllowedTenants").toLowerCase(),
  );
}
