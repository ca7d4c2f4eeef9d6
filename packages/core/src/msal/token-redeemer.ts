import type { AuthenticationResult, PublicClientApplication } from "@azure/msal-node";
import { otherClouds } from "../authority/other-clouds.ts";
import type { AuthorityDirectory } from "../authority/authority-metadata.ts";
import type { Clock } from "../clock.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { TokenRequest } from "../flow/flow.ts";
import type { AuthorityAnswer, AuthorityClient, AuthorityRequest } from "../authority/authority-client.ts";
import type { CheckedTokenAnswer } from "../tokens/token-answer.ts";
import { LoadOnce } from "../load-once.ts";
import { loadMsal } from "./load-msal.ts";
import { mergeClaims } from "./merge-claims.ts";
import { TokenExchange } from "./token-exchange.ts";

export interface TokenRedeemerOptions {
  readonly clientId: string;
  /** An origin. */
  readonly authorityHost: string;
  readonly client: AuthorityClient;
  readonly directory: AuthorityDirectory;
  readonly clock: Clock;
}

/** How msal-node is to get a token. */
export interface Redemption {
  readonly repeat: AuthorityRequest["repeat"];
  /** Whether the person has just acted: then a refusal ends the sign-in instead of asking for another. */
  readonly interactive: boolean;
  readonly redirectUri?: string;
  readonly nonce?: string;
  /** Answers that are there already, in the order in which msal-node asks for them. The last is the tokens. */
  readonly known?: readonly AuthorityAnswer[];
  use(app: PublicClientApplication, request: MsalRequest): Promise<AuthenticationResult | null>;
}

export interface MsalRequest {
  readonly scopes: string[];
  readonly correlationId: string;
  readonly claims?: string;
}

/**
 * Lets msal-node redeem a code or a refresh token. Each redemption has an application of its own, without a cache:
 * msal-node then neither looks tokens up, nor throttles, nor asks for metadata, all of which is done above it.
 */
export class TokenRedeemer {
  readonly #options: TokenRedeemerOptions;
  readonly #msal = new LoadOnce(() => loadMsal());

  constructor(options: TokenRedeemerOptions) {
    this.#options = options;
  }

  /** Begins to load msal-node. */
  prepare(): void {
    this.#msal.get().catch(() => {
      // The redemption tries again and reports why it cannot.
    });
  }

  /** @throws AuthenticationError as the authority's answer or the lack of one demands. */
  async redeem(request: TokenRequest, redemption: Redemption): Promise<CheckedTokenAnswer> {
    const { clientId, authorityHost, client, clock, directory } = this.#options;
    const { signal, correlationId, tenantId, scopes, background = false } = request;
    const explicit = redemption.interactive || request.explicit === true;
    const metadata = await directory.metadata(tenantId, { signal, correlationId, background, explicit });
    const exchange = new TokenExchange({
      client,
      signal,
      background,
      explicit,
      correlationId,
      repeat: redemption.repeat,
      now: () => clock.now(),
      expectations: {
        clientId,
        tenantId,
        issuer: metadata.issuer,
        nonce: redemption.nonce,
        requestedScopes: scopes,
        correlationId,
      },
      errorContext: {
        what: redemption.interactive ? "The sign-in was not completed" : "The token could not be renewed",
        scopes,
        claims: request.claims,
        clientId,
        tenantId,
        redirectUri: redemption.redirectUri,
        otherClouds: otherClouds(authorityHost),
        interactive: redemption.interactive,
        correlationId,
      },
      known: redemption.known ?? [],
    });
    const { PublicClientApplication } = await this.#msal.get();
    const app = new PublicClientApplication({
      auth: {
        clientId,
        authority: `${authorityHost}/${tenantId}`,
        knownAuthorities: [new URL(authorityHost).host],
        authorityMetadata: JSON.stringify(metadata),
      },
      system: { networkClient: exchange, disableInternalRetries: true },
    });
    const claims = mergeClaims(request.claims, request.enableCae);
    await redemption
      .use(app, { scopes: [...scopes], correlationId, ...(claims === undefined ? {} : { claims }) })
      .catch((error: unknown) => {
        throw exchange.failure ?? refusedByMsal(error);
      });
    if (!exchange.checked) throw refusedByMsal(undefined);
    return exchange.checked;
  }
}

// The answer passed our checks, so this is a rule that only msal-node knows. Its message may quote the answer.
function refusedByMsal(error: unknown): AuthenticationError {
  const code = (error as { errorCode?: unknown } | undefined)?.errorCode;
  return new AuthenticationError({
    code: "invalid_response",
    what: "The authority's answer could not be used",
    remedy: "Report this with the detail of this error",
    detail: typeof code === "string" ? code : "no_answer",
  });
}

// The way to msal-node, too, is loaded when it is needed.
