import { AuthenticationError } from "@entrada/core/flow";
import { isGuid } from "../contract/guid.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { LINUX_REDIRECT_URI } from "./broker-service.ts";
import type { LinuxAccount } from "./linux-account.ts";

/** How a person is to be asked. */
export interface WindowShape {
  readonly prompt?: "select_account" | "login" | undefined;
  /** The name to begin with, where no account is settled. */
  readonly loginHint?: string | undefined;
}

// Names that only observation or guessing has told, all in this file: see "what is not known" in docs/broker.md.
const SILENT = 1;
const INTERACTIVE = 6;
const NO_PARENT_WINDOW = -1;

export function accountsRequest({ clientId }: Pick<TokenAsk, "clientId">): object {
  return { clientId: guidOf(clientId), redirectUri: LINUX_REDIRECT_URI };
}

/** @param renew - the token that is not good enough any more */
export function silentRequest(ask: TokenAsk, account: LinuxAccount, renew?: string): object {
  const more = renew === undefined ? {} : { accessTokenToRenew: renew };
  return tokenRequest({ ...parametersOf(ask, SILENT, account), ...more }, account);
}

export function windowRequest(ask: TokenAsk, account: LinuxAccount | undefined, shape: WindowShape): object {
  const { prompt, loginHint } = shape;
  return tokenRequest(
    {
      ...parametersOf(ask, INTERACTIVE, account),
      // The only place where a name is known for to whom no account is known.
      ...(account || loginHint === undefined ? {} : { username: loginHint }),
      ...(prompt === undefined ? {} : { prompt }),
      additionalQueryParametersForAuthorization: { ...ask.properties },
      uxContextHandle: NO_PARENT_WINDOW,
    },
    account,
  );
}

export function cancelRequest({ clientId }: Pick<TokenAsk, "clientId">, correlationId: string): object {
  return { clientId: guidOf(clientId), correlationId };
}

export function removeRequest({ clientId }: Pick<TokenAsk, "clientId">, account: LinuxAccount): object {
  return { clientId: guidOf(clientId), account: account.asTold };
}

export function versionRequest(clientId: string): object {
  return { clientId: guidOf(clientId) };
}

// Some brokers read the account in the one place, some in the other.
function tokenRequest(authParameters: object, account: LinuxAccount | undefined): object {
  return { ...(account ? { account: account.asTold } : {}), authParameters };
}

function parametersOf(ask: TokenAsk, authorizationType: number, account: LinuxAccount | undefined): object {
  const { clientId, authorityHost, tenantId, scopes, claims } = ask;
  return {
    ...(account ? { account: account.asTold } : {}),
    ...(account?.username === undefined ? {} : { username: account.username }),
    authority: `${authorityHost}/${tenantId}`,
    authorizationType,
    clientId: guidOf(clientId),
    redirectUri: LINUX_REDIRECT_URI,
    requestedScopes: scopes,
    ...(claims === undefined ? {} : { decodedClaims: claims }),
  };
}

/** @throws AuthenticationError for a client id that no broker was ever seen to take */
function guidOf(clientId: string): string {
  if (isGuid(clientId)) return clientId.toLowerCase();
  throw new AuthenticationError({
    code: "service",
    detail: "invalid_client",
    what: "The Linux broker knows applications by their ids, and this client id is none",
    remedy: "Set clientId to the Application (client) ID of the app registration, a GUID",
  });
}
