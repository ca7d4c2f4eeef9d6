import { PERSONAL_TENANT_ID } from "../src/contract/account-kind.ts";
import {
  RuntimeStatus,
  type MsalRuntime,
  type RuntimeAccount,
  type RuntimeFailure,
  type RuntimeHandle,
  type RuntimeParameters,
  type RuntimeTokenResult,
} from "../src/msal-runtime/msal-runtime.ts";
import { ADA, clientInfoOf, homeIdOf, idTokenOf, type FakeAccount } from "./fake-account.ts";

export interface RuntimeCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly account?: string;
  readonly window?: string;
  readonly hint?: string;
}

class Parameters implements RuntimeParameters {
  readonly values: Record<string, string> = {};
  CreateAuthParameters(clientId: string, authority: string): void {
    Object.assign(this.values, { clientId, authority });
  }
  SetRedirectUri(redirectUri: string): void {
    this.values["redirectUri"] = redirectUri;
  }
  SetRequestedScopes(scopes: string): void {
    this.values["scopes"] = scopes;
  }
  SetDecodedClaims(claims: string): void {
    this.values["claims"] = claims;
  }
  SetAccessTokenToRenew(accessToken: string): void {
    this.values["renew"] = accessToken;
  }
  SetAdditionalParameter(name: string, value: string): void {
    this.values[name] = value;
  }
}

/** Microsoft's runtime in JavaScript: callbacks come later, and a callback that throws is a fault of the caller. */
export class FakeMsalRuntime implements MsalRuntime {
  readonly AuthParameters = Parameters;
  readonly calls: RuntimeCall[] = [];
  readonly known = new Map<string, FakeAccount>();
  person: FakeAccount = ADA;
  cancelled = 0;
  hangs = false;
  /** The next call ends like this. */
  failure: Partial<RuntimeFailure> | undefined;
  #serial = 0;

  ReadAccountByIdAsync: MsalRuntime["ReadAccountByIdAsync"] = (accountId, _correlationId, callback) => {
    const account = this.known.get(accountId);
    const failure = account ? undefined : { errorStatus: RuntimeStatus.accountNotFound };
    return this.#answer(callback, {
      CheckError: check(failure),
      account: account && describe(account),
    } as never);
  };

  SignInSilentlyAsync: MsalRuntime["SignInSilentlyAsync"] = (parameters, _correlationId, callback) =>
    this.#token("SignInSilently", parameters, {}, undefined, callback);

  SignInInteractivelyAsync: MsalRuntime["SignInInteractivelyAsync"] = (
    window,
    parameters,
    _id,
    hint,
    callback,
  ) =>
    this.#token(
      "SignInInteractively",
      parameters,
      { window: window.toString("hex"), hint },
      this.person,
      callback,
    );

  AcquireTokenSilentlyAsync: MsalRuntime["AcquireTokenSilentlyAsync"] = (
    parameters,
    _id,
    account,
    callback,
  ) => this.#token("AcquireTokenSilently", parameters, {}, this.known.get(account.accountId), callback);

  AcquireTokenInteractivelyAsync: MsalRuntime["AcquireTokenInteractivelyAsync"] = (
    window,
    parameters,
    _id,
    account,
    callback,
  ) => {
    const more = { window: window.toString("hex") };
    return this.#token(
      "AcquireTokenInteractively",
      parameters,
      more,
      this.known.get(account.accountId),
      callback,
    );
  };

  SignOutSilentlyAsync: MsalRuntime["SignOutSilentlyAsync"] = (
    _clientId,
    _correlationId,
    account,
    callback,
  ) => {
    this.known.delete(account.accountId);
    return this.#answer(callback, { CheckError: check(undefined) });
  };

  DiscoverAccountsAsync: MsalRuntime["DiscoverAccountsAsync"] = (_clientId, _correlationId, callback) =>
    this.#answer(callback, {
      CheckError: check(undefined),
      accounts: [...this.known.values()].map(describe),
    });

  #token(
    name: string,
    parameters: RuntimeParameters,
    more: Partial<RuntimeCall>,
    account: FakeAccount | undefined,
    callback: (result: RuntimeTokenResult) => void,
  ): RuntimeHandle {
    const { values } = parameters as Parameters;
    this.calls.push({
      name,
      parameters: { ...values },
      ...more,
      ...(account ? { account: account.username } : {}),
    });
    const failure =
      this.failure ?? (account ? undefined : { errorStatus: RuntimeStatus.interactionRequired });
    this.failure = undefined;
    if (!account) return this.#answer(callback, { CheckError: check(failure) } as RuntimeTokenResult);
    if (!failure) this.known.set(account.objectId, account);
    this.#serial += 1;
    const clientId = values["clientId"] ?? "";
    const now = Date.now();
    const grant = { account, clientId, scope: "", tenantId: account.tenantId, serial: this.#serial, now };
    return this.#answer(callback, {
      CheckError: check(failure),
      rawIdToken: idTokenOf(grant),
      accessToken: `secret-token-${this.#serial}-${account.username.split("@")[0]}`,
      grantedScopes: values["scopes"] ?? "",
      expiresOn: Math.floor(now / 1000) + 3600,
      isPopAuthorization: false,
      account: describe(account),
    });
  }

  #answer<T>(callback: (result: T) => void, result: T): RuntimeHandle {
    if (!this.hangs) setImmediate(() => callback(result));
    return {
      CancelAsyncOperation: () => {
        this.cancelled += 1;
      },
    };
  }
}

function describe(account: FakeAccount): RuntimeAccount {
  return {
    accountId: account.objectId,
    homeAccountId: homeIdOf(account),
    environment: "login.microsoftonline.com",
    realm: account.tenantId,
    localAccountId: account.objectId,
    username: account.username,
    displayName: account.name,
    clientInfo: account.tenantId === PERSONAL_TENANT_ID ? "" : clientInfoOf(account),
  };
}

function check(failure: Partial<RuntimeFailure> | undefined): () => void {
  return () => {
    // The runtime throws a plain object.
    if (failure) throw { errorCode: 0, errorStatus: 0, errorContext: "context", errorTag: 7, ...failure };
  };
}
