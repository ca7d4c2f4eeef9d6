import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import type { AuthorityClient } from "./authority-client.ts";
import { cloudOf } from "./authority-hosts.ts";
import { checkMetadata } from "./check-metadata.ts";
import type { AuthorityMetadata } from "./check-metadata.ts";
import { discoverInstance } from "./instance-discovery.ts";

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
    if (known !== undefined) {
      this.#known.set(tenant, known);
      return known;
    }
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
    if (!this.#instanceKnown && this.#mustBeKnown()) {
      await discoverInstance(client, { authorityHost, tenant, ...options });
      this.#instanceKnown = true;
    }
    // ADFS has one tenant and no versions.
    const version = tenant === "adfs" ? "" : "/v2.0";
    const url = `${authorityHost}/${tenant}${version}/.well-known/openid-configuration`;
    const answer = await client.send({ method: "GET", url, repeat: "safe", ...options });
    const { correlationId } = options;
    const metadata = checkMetadata(answer, { authorityHost, tenant, correlationId });
    this.#known.set(tenant, metadata);
    return metadata;
  }

  #mustBeKnown(): boolean {
    const { authorityHost, disableInstanceDiscovery } = this.#settings;
    return (
      disableInstanceDiscovery !== true && cloudOf(authorityHost) === undefined && !isLoopback(authorityHost)
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
