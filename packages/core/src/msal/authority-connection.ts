import { AuthorityDirectory, type AuthorityMetadata } from "../authority/authority-metadata.ts";
import { tenantIdOf } from "../authority/tenant-id-of.ts";
import { tenantRefusal } from "../authority/tenant-refusal.ts";
import type { Clock } from "../clock.ts";
import type { AuthenticationError } from "../errors/authentication-error.ts";
import type { TokenRequest } from "../flow/flow.ts";
import type { AuthorityAnswer } from "../authority/authority-client.ts";
import { LoadOnce } from "../load-once.ts";
import { AuthorityClient } from "../authority/authority-client.ts";
import { fetchTransport } from "../http/fetch-transport.ts";
import { nodeHttpsTransport } from "../http/node-https-transport.ts";
import type { CheckedTokenAnswer } from "../tokens/token-answer.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import type { Redemption, TokenRedeemer } from "./token-redeemer.ts";

export interface AuthorityConnectionOptions {
  readonly settings: CredentialSettings;
  readonly clock: Clock;
  readonly warn: (code: string, message: string) => void;
}

/** The part of a request that a question about its tenant needs. */
export type TenantQuery = Pick<TokenRequest, "tenantId" | "signal" | "correlationId">;

const SKU = { "x-client-SKU": "entrada" };

/** All that talks to the authority, in a part of its own: a token from the token cache needs nothing of it. */
export class AuthorityConnection {
  readonly #client: AuthorityClient;
  readonly #directory: AuthorityDirectory;
  readonly #authorityHost: string;
  readonly #accepted = new Set<string>();
  readonly #redeemer: LoadOnce<TokenRedeemer>;
  readonly #end: () => void;

  constructor({ settings, clock, warn }: AuthorityConnectionOptions) {
    const { authorityHost, clientId, disableInstanceDiscovery, requestTimeoutInMs } = settings;
    const https = settings.fetch ? undefined : nodeHttpsTransport();
    const client = new AuthorityClient({
      transport: https ?? fetchTransport(settings.fetch!),
      clock,
      requestTimeoutInMs,
      onClockSkew: (skewInMs) =>
        warn(
          "clock_skew",
          `The authority's clock differs from this machine's by ${Math.round(skewInMs / 1000)} s.`,
        ),
    });
    const directory = new AuthorityDirectory({ client, authorityHost, disableInstanceDiscovery });
    this.#client = client;
    this.#authorityHost = authorityHost;
    this.#directory = directory;
    this.#redeemer = new LoadOnce(async () => {
      const { TokenRedeemer } = await import("./token-redeemer.ts");
      return new TokenRedeemer({ clientId, authorityHost, client, directory, clock });
    });
    this.#end = () => https?.close();
  }

  metadata({ tenantId, signal, correlationId, explicit = false }: TokenRequest): Promise<AuthorityMetadata> {
    return this.#directory.metadata(tenantId, { signal, correlationId, explicit });
  }

  /** See `tenantRefusal`. Asked once for each tenant that is not refused. */
  async tenantRefusal({
    tenantId: tenant,
    signal,
    correlationId,
  }: TokenRequest): Promise<AuthenticationError | undefined> {
    if (this.#accepted.has(tenant)) return undefined;
    const question = { authorityHost: this.#authorityHost, tenant, signal, correlationId };
    const refusal = await tenantRefusal(this.#client, question);
    if (refusal === undefined) this.#accepted.add(tenant);
    return refusal;
  }

  /** See `tenantIdOf`. */
  tenantIdOf({ tenantId: tenant, signal, correlationId }: TenantQuery): Promise<string | undefined> {
    return tenantIdOf(this.#client, { authorityHost: this.#authorityHost, tenant, signal, correlationId });
  }

  /** One request without any retry: the flow paces. */
  post(
    url: string,
    form: Readonly<Record<string, string>>,
    { signal, correlationId, explicit = false }: TokenRequest,
    repeat: "poll" | "safe",
  ): Promise<AuthorityAnswer> {
    const asked = {
      method: "POST",
      url,
      form,
      headers: SKU,
      signal,
      correlationId,
      explicit,
      repeat,
    } as const;
    return this.#client.send(asked);
  }

  /** Begins to load what redeems, msal-node included, while the person is busy signing in. */
  prepare(): void {
    this.#redeemer.get().then(
      (redeemer) => redeemer.prepare(),
      () => {}, // the redemption tries again and reports why it cannot
    );
  }

  async redeem(request: TokenRequest, redemption: Redemption): Promise<CheckedTokenAnswer> {
    const redeemer = await this.#redeemer.get();
    return redeemer.redeem(request, redemption);
  }

  /** Lets go of what is kept open between requests. */
  close(): void {
    this.#end();
  }
}
