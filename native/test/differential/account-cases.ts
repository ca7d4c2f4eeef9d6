import type { ComparisonCase } from "./comparison-case.ts";
import { clientId, correlationId, organizations, tenant, tenantId, webAccountId } from "./directory.ts";
import { nothing, signInSilently } from "./microsoft-calls.ts";
import { settled } from "./microsoft-runtime.ts";
import { entra, list, ownAccount } from "./requests.ts";

/** What is done with accounts. */
export const accountCases: readonly ComparisonCase[] = [
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
