import type { ComparisonCase, MeantDifference } from "./comparison-case.ts";
import { government, organizations, tenant, webAccountId } from "./directory.ts";
import { acquireSilently, nothing, parameters, signInSilently } from "./microsoft-calls.ts";
import { entra } from "./requests.ts";

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

/** Requests without UI. */
export const silentCases: readonly ComparisonCase[] = [
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
];
