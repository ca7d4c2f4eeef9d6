import { type WamRequest, WamPromptType, type WamTransport } from "../../src/index.ts";
import type { ComparisonCase, MeantDifference } from "./comparison-case.ts";
import {
  clientId,
  correlationId,
  government,
  organizations,
  scope,
  tenant,
  tenantId,
  userName,
  webAccountId,
} from "./directory.ts";
import { type AuthParameters, type MicrosoftRuntime, settled } from "./microsoft-runtime.ts";

const consumers = "https://login.microsoftonline.com/consumers";
const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';

const asDefaultAccount: readonly MeantDifference[] = [
  {
    call: "FindAllAccountsWithClientIdAsync",
    occurrence: 1,
    reason:
      "it lists the accounts before it asks as the default one, and asks the same whatever the list says",
  },
  {
    call: "FindAccountProviderAsync",
    occurrence: 2,
    reason: "it asks again of which kind the default account is, which it has just been told",
  },
];

/** Each operation of the addon stands alone: COM objects of an earlier one are never kept for it. */
const ownProvider: MeantDifference = {
  call: "FindAccountProviderWithAuthorityAsync",
  occurrence: 2,
  reason: "the request looks up its own provider, as every operation does",
};
const ownAccount: MeantDifference = {
  call: "FindAccountAsync",
  occurrence: 1,
  reason: "the request looks up its own account by its id, instead of keeping the object of the list",
};

/** A work or school request, as WAM documents it for v2 scopes. */
const entra = {
  mode: "silent",
  clientId,
  correlationId,
  scope: `${scope} offline_access openid profile`,
  properties: { wam_compat: "2.0", return_account_on_failure: "true" },
} as const satisfies Partial<WamRequest>;

/** A personal account's request. */
const personal = {
  mode: "window",
  clientId,
  correlationId,
  providerAuthority: "consumers",
  scope: `${scope} openid profile`,
  properties: { "api-version": "2.0", oauth2_batch: "1", "x-client-info": "1" },
} as const satisfies Partial<WamRequest>;

const personalAnswer = {
  "token.token": new URLSearchParams({
    access_token: "access-token",
    token_type: "bearer",
    scope,
    expires_in: "3600",
    client_info: Buffer.from(
      JSON.stringify({
        uid: "00000000-0000-0000-1111-111111111111",
        utid: "9188040d-6c67-4c5b-b112-36a304b66dad",
      }),
    ).toString("base64url"),
    id_token: idTokenOf("9188040d-6c67-4c5b-b112-36a304b66dad"),
  }).toString(),
};

export const comparisonCases: readonly ComparisonCase[] = [
  {
    name: "silent as the default account",
    microsoft: (runtime, _window, begin) => {
      begin();
      return signInSilently(runtime, organizations).then(nothing);
    },
    ours: async (wam) => {
      await wam.defaultAccountKind({ operationId: 1 });
      await wam.request({ ...entra, operationId: 2, providerAuthority: organizations });
    },
    leftOut: asDefaultAccount,
  },
  {
    name: "silent as the default account, in another cloud",
    microsoft: (runtime, _window, begin) => {
      begin();
      return signInSilently(runtime, government).then(nothing);
    },
    ours: async (wam) => {
      await wam.defaultAccountKind({ operationId: 1 });
      await wam.request({ ...entra, operationId: 2, providerAuthority: government });
    },
    leftOut: asDefaultAccount,
  },
  {
    name: "silent for an account",
    microsoft: async (runtime, _window, begin) => {
      const { account } = await signInSilently(runtime, organizations);
      begin();
      await acquireSilently(runtime, account, parameters(runtime, tenant, { claims }));
    },
    ours: async (wam) => {
      const properties = { ...entra.properties, claims };
      await wam.request({ ...entra, operationId: 1, providerAuthority: tenant, webAccountId, properties });
    },
  },
  {
    name: "silent for an account, without what is cached",
    microsoft: async (runtime, _window, begin) => {
      const { account, accessToken } = await signInSilently(runtime, organizations);
      begin();
      await acquireSilently(runtime, account, parameters(runtime, tenant, { renew: accessToken }));
    },
    ours: async (wam) => {
      await wam.request({
        ...entra,
        operationId: 1,
        providerAuthority: tenant,
        webAccountId,
        invalidateFirst: true,
      });
    },
  },
  {
    name: "a dialog without a hint",
    microsoft: (runtime, window, begin) => {
      begin();
      return signIn(runtime, window, organizations, "").then(nothing);
    },
    ours: async (wam, windowHandle) => {
      await list(wam, organizations);
      await wam.request({
        ...entra,
        operationId: 2,
        mode: "window",
        windowHandle,
        providerAuthority: organizations,
        promptType: WamPromptType.forceAuthentication,
        properties: { ...entra.properties, prompt: "select_account" },
      });
    },
    added: [ownProvider],
  },
  {
    name: "a dialog with the name of a known account",
    microsoft: (runtime, window, begin) => {
      begin();
      return signIn(runtime, window, organizations, userName).then(nothing);
    },
    ours: async (wam, windowHandle) => {
      await list(wam, organizations);
      await wam.request({
        ...entra,
        operationId: 2,
        mode: "window",
        windowHandle,
        providerAuthority: organizations,
        promptType: WamPromptType.forceAuthentication,
        webAccountId,
      });
    },
    added: [ownProvider, ownAccount],
  },
  {
    name: "a dialog with another name",
    microsoft: (runtime, window, begin) => {
      begin();
      return signIn(runtime, window, organizations, "bob@contoso.example").then(nothing);
    },
    ours: async (wam, windowHandle) => {
      await list(wam, organizations);
      await wam.request({
        ...entra,
        operationId: 2,
        mode: "window",
        windowHandle,
        providerAuthority: organizations,
        promptType: WamPromptType.forceAuthentication,
        properties: { ...entra.properties, LoginHint: "bob@contoso.example" },
      });
    },
    added: [ownProvider],
  },
  {
    name: "a dialog with the name of a personal account",
    scenario: personalAnswer,
    microsoft: (runtime, window, begin) => {
      begin();
      return signIn(runtime, window, consumers, "dana@outlook.example").then(nothing);
    },
    ours: async (wam, windowHandle) => {
      await list(wam, "consumers");
      await wam.request({
        ...personal,
        operationId: 2,
        windowHandle,
        promptType: WamPromptType.forceAuthentication,
        properties: {
          ...personal.properties,
          Client_uiflow: "new_account",
          LoginHint: "dana@outlook.example",
        },
      });
    },
    added: [ownProvider],
  },
  {
    name: "a dialog for an account",
    microsoft: async (runtime, window, begin) => {
      const { account } = await signInSilently(runtime, organizations);
      begin();
      await settled((callback) =>
        runtime.AcquireTokenInteractivelyAsync(
          window,
          parameters(runtime, tenant),
          correlationId,
          account,
          callback,
        ),
      );
    },
    ours: async (wam, windowHandle) => {
      await wam.request({
        ...entra,
        operationId: 1,
        mode: "window",
        windowHandle,
        providerAuthority: tenant,
        webAccountId,
        properties: { ...entra.properties, hsu: "1" },
      });
    },
  },
  {
    name: "the accounts that Windows knows",
    microsoft: (runtime, _window, begin) => {
      begin();
      return settled((callback) => runtime.DiscoverAccountsAsync(clientId, correlationId, callback)).then(
        nothing,
      );
    },
    ours: async (wam) => {
      await list(wam, "organizations");
      // Whose account it is, the list does not say for certain: the answer to a silent request does.
      await wam.request({
        ...entra,
        operationId: 2,
        providerAuthority: tenant,
        webAccountId,
        scope: "offline_access openid profile",
      });
      await list(wam, "consumers");
    },
    added: [ownAccount],
  },
  {
    name: "signing out",
    microsoft: async (runtime, _window, begin) => {
      const { account } = await signInSilently(runtime, organizations);
      begin();
      await settled((callback) => runtime.SignOutSilentlyAsync(clientId, correlationId, account, callback));
    },
    ours: async (wam) => {
      await wam.signOut({ operationId: 1, providerAuthority: tenantId, webAccountId, clientId });
    },
  },
];

function parameters(
  runtime: MicrosoftRuntime,
  authority: string,
  more: { readonly claims?: string; readonly renew?: string } = {},
): AuthParameters {
  const parameters = new runtime.AuthParameters();
  parameters.CreateAuthParameters(clientId, authority);
  parameters.SetRedirectUri("http://localhost");
  parameters.SetRequestedScopes(scope);
  if (more.claims !== undefined) parameters.SetDecodedClaims(more.claims);
  if (more.renew !== undefined) parameters.SetAccessTokenToRenew(more.renew);
  return parameters;
}

function signInSilently(runtime: MicrosoftRuntime, authority: string): ReturnType<typeof settled> {
  return settled((callback) =>
    runtime.SignInSilentlyAsync(parameters(runtime, authority), correlationId, callback),
  );
}

function acquireSilently(
  runtime: MicrosoftRuntime,
  account: object,
  parameters: AuthParameters,
): ReturnType<typeof settled> {
  return settled((callback) =>
    runtime.AcquireTokenSilentlyAsync(parameters, correlationId, account, callback),
  );
}

function signIn(
  runtime: MicrosoftRuntime,
  window: Buffer,
  authority: string,
  hint: string,
): ReturnType<typeof settled> {
  return settled((callback) =>
    runtime.SignInInteractivelyAsync(window, parameters(runtime, authority), correlationId, hint, callback),
  );
}

async function list(wam: WamTransport, providerAuthority: string): Promise<void> {
  await wam.listAccounts({ operationId: 100, providerAuthority, clientId });
}

function idTokenOf(tenant: string): string {
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const subject = { oid: "00000000-0000-0000-1111-111111111111", tid: tenant, sub: "subject", ver: "2.0" };
  return `${encoded({ alg: "none" })}.${encoded({ ...subject, preferred_username: "dana@outlook.example" })}.signature`;
}

function nothing(): void {
  // What the answer was does not matter here: the calls do.
}
