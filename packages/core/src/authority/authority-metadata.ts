import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import type { AuthorityClient } from "./authority-client.ts";
import { cloudOf } from "./authority-hosts.ts";
import { checkMetadata } from "./check-metadata.ts";
import type { AuthorityMetadata } from "./check-metadata.ts";
import { externalIdTenantOf } from "./external-id.ts";
import { externalIdIssuerTenant } from "./external-id-issuer.ts";
import { discoverInstance } from "./instance-discovery.ts";
import { isTenantWord } from "./tenant-form.ts";

export type { AuthorityMetadata } from "./check-metadata.ts";

export interface AuthorityDirectorySettings {
  readonly client: AuthorityClient;
  /** An origin, such as "https://login.microsoftonline.com". */
  readonly authorityHost: string;
  /** For private clouds: do not ask the public cloud whether it knows the host. @defaultValue false */
  readonly disableInstanceDiscovery?: boolean;
}

export interface MetadataOptions {
  readonly signal: AbortSignal;
  readonly correlationId: string;
  /** See `AuthorityRequest.background`. */
  readonly background?: boolean;
  /** See `AuthorityRequest.explicit`. */
  readonly explicit?: boolean;
}

interface Flight {
  readonly work: Promise<AuthorityMetadata>;
  readonly abort: AbortController;
  waiting: number;
}

/** Knows an authority's endpoints: computed for Microsoft's clouds, else asked for once per tenant. */
export class AuthorityDirectory {
  readonly #settings: AuthorityDirectorySettings;
  readonly #known = new Map<string, AuthorityMetadata>();
  readonly #flights = new Map<string, Flight>();
  #instanceKnown = false;

  constructor(settings: AuthorityDirectorySettings) {
    this.#settings = settings;
  }

  /**
   * @throws AuthenticationError `invalid_response` (`issuer_mismatch`, `endpoint_not_allowed`), or what the client
   * throws. Nothing of a failure is kept.
   */
  async metadata(tenantId: string, options: MetadataOptions): Promise<AuthorityMetadata> {
    throwIfAborted(options.signal);
    const tenant = tenantId.toLowerCase();
    const known = this.#known.get(tenant) ?? computed(this.#settings.authorityHost, tenant);
    if (known !== undefined) return known;
    const flight = this.#flights.get(tenant) ?? this.#start(tenant, options);
    return this.#join(flight, options.signal);
  }

  #start(tenant: string, options: MetadataOptions): Flight {
    const abort = new AbortController();
    const leave = (): void => void (this.#flights.get(tenant) === flight && this.#flights.delete(tenant));
    const work = this.#discover(tenant, { ...options, signal: abort.signal }).finally(leave);
    const flight: Flight = { work, abort, waiting: 0 };
    this.#flights.set(tenant, flight);
    // The last waiter to leave aborts: whoever comes next starts anew.
    abort.signal.addEventListener("abort", leave, { once: true });
    return flight;
  }

  async #join(flight: Flight, signal: AbortSignal): Promise<AuthorityMetadata> {
    flight.waiting += 1;
    let end = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      const leave = (): void => reject(new AbortError(signal));
      signal.addEventListener("abort", leave, { once: true });
      end = () => signal.removeEventListener("abort", leave);
    });
    try {
      return await Promise.race([flight.work, left]);
    } finally {
      end();
      flight.waiting -= 1;
      if (flight.waiting === 0) flight.abort.abort();
    }
  }

  async #discover(tenant: string, options: MetadataOptions): Promise<AuthorityMetadata> {
    const { client, authorityHost } = this.#settings;
    let metadata: AuthorityMetadata | undefined;
    if (this.#mustBeKnown(tenant)) {
      metadata = await this.#ofOwnDomain(tenant, options);
      if (metadata === undefined) {
        await discoverInstance(client, { authorityHost, tenant, ...options });
        this.#instanceKnown = true;
      }
    }
    metadata ??= await this.#ask(tenant, options);
    this.#known.set(tenant, metadata);
    return metadata;
  }

  async #ask(
    tenant: string,
    options: MetadataOptions,
    repeat: "safe" | "poll" = "safe",
  ): Promise<AuthorityMetadata> {
    const { client, authorityHost } = this.#settings;
    // AD FS has one tenant and no versions.
    const version = tenant === "adfs" ? "" : "/v2.0";
    const url = `${authorityHost}/${tenant}${version}/.well-known/openid-configuration`;
    const answer = await client.send({ method: "GET", url, repeat, ...options });
    return checkMetadata(answer, { authorityHost, tenant, correlationId: options.correlationId });
  }

  /**
   * What an External ID tenant says at a domain of its own. Instance discovery knows no such domain, so the tenant's
   * document itself is looked at first: it must name the issuer that only this tenant has.
   */
  async #ofOwnDomain(tenant: string, options: MetadataOptions): Promise<AuthorityMetadata | undefined> {
    if (isTenantWord(tenant)) return undefined;
    try {
      const metadata = await this.#ask(tenant, options, "poll");
      if (externalIdIssuerTenant(metadata.issuer) !== undefined) return metadata;
    } catch {
      // Whether the host is an authority at all is told first; then it is asked again, and tells why it refuses. An abort
      // is told by what is asked next.
    }
    return undefined;
  }

  // Of Microsoft's clouds only AD FS is asked for, which is nobody's cloud, and may be on a site that reaches none.
  // External ID answers at a host of its own.
  #mustBeKnown(tenant: string): boolean {
    const { authorityHost, disableInstanceDiscovery } = this.#settings;
    return (
      !this.#instanceKnown &&
      disableInstanceDiscovery !== true &&
      tenant !== "adfs" &&
      externalIdTenantOf(authorityHost) === undefined &&
      !isLoopback(authorityHost)
    );
  }
}

/** Microsoft's clouds are laid out alike, and nothing about it has to be asked. */
function computed(authorityHost: string, tenant: string): AuthorityMetadata | undefined {
  const cloud = cloudOf(authorityHost);
  if (cloud === undefined || tenant === "adfs") return undefined;
  const at = `${authorityHost}/${tenant}`;
  return {
    issuer: `https://${cloud.issuerHost}/{tenantid}/v2.0`,
    authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    token_endpoint: `${at}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${at}/oauth2/v2.0/devicecode`,
    jwks_uri: `${at}/discovery/v2.0/keys`,
    end_session_endpoint: `${at}/oauth2/v2.0/logout`,
  };
}

function isLoopback(authorityHost: string): boolean {
  const { hostname } = new URL(authorityHost);
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
