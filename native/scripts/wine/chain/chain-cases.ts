import assert from "node:assert/strict";
import type { Chain } from "./chain.ts";
import { listContainers, storage } from "./list-containers.ts";
import { expiresOn } from "./minted-answer.ts";
import { openPersonsBrowser } from "./persons-browser.ts";

/** A case about everything together: credential, addon, WAM, token, storage client, storage service. */
export interface ChainCase {
  readonly name: string;
  readonly run: (chain: Chain) => Promise<void>;
}

const arm = "https://management.azure.com/.default";
const containers = ["backups", "invoices", "photos"];
const provider = "FindAccountProviderWithAuthorityAsync";

export const chainCases: readonly ChainCase[] = [
  {
    name: "list-containers, silently as the account of Windows",
    run: async (chain) => {
      const run = await listContainers(chain, { credential: { useDefaultBrokerAccount: true } });
      assert.deepEqual(run, {
        containers,
        error: undefined,
        code: 0,
        calls: [provider, "GetTokenSilentlyAsync"],
      });
    },
  },
  {
    name: "list-containers, after Windows's dialog, as an application that gives no option gets it",
    run: async (chain) => {
      const run = await listContainers(chain, {});
      assert.deepEqual(run, {
        containers,
        error: undefined,
        code: 0,
        calls: [provider, "RequestTokenForWindowAsync"],
      });
    },
  },
  {
    name: "default-account, silently, and says as whom",
    run: async (chain) => {
      const { calls, ...run } = await listContainers(chain, { example: "default-account" });
      const { username } = chain.azure.emulator.defaults.account;
      assert.deepEqual(run, { containers: [...containers, `as ${username}`], error: undefined, code: 0 });
      assert.ok(calls.includes("GetTokenSilentlyAsync") && !calls.includes("RequestTokenForWindowAsync"));
    },
  },
  {
    name: "parent-window, whose function knows no window: the dialog over the console's",
    run: async (chain) => {
      const run = await listContainers(chain, { example: "parent-window" });
      const calls = [provider, "RequestTokenForWindowAsync"];
      assert.deepEqual(run, { containers, error: undefined, code: 0, calls });
    },
  },
  {
    name: "list-containers, silently for the account of a record from another process",
    run: async (chain) => {
      const { account, clientId } = chain.azure.emulator.defaults;
      const authenticationRecord = {
        authority: "login.microsoftonline.com",
        homeAccountId: `${account.objectId}.${account.tenantId}`,
        clientId,
        tenantId: account.tenantId,
        username: account.username,
      };
      const { calls, ...run } = await listContainers(chain, {
        credential: { authenticationRecord, disableAutomaticAuthentication: true },
      });
      assert.deepEqual(run, { containers, error: undefined, code: 0 });
      assert.equal(calls.at(-1), "GetTokenSilentlyWithWebAccountAsync");
    },
  },
  {
    name: "list-containers, after Windows's dialog for personal accounts",
    run: async (chain) => {
      const run = await listContainers(chain, { credential: { tenantId: "consumers" }, person: "personal" });
      assert.deepEqual(run, {
        containers,
        error: undefined,
        code: 0,
        calls: [provider, "RequestTokenForWindowAsync"],
      });
    },
  },
  {
    name: "a token of somebody else than the record's person is dropped",
    run: async (chain) => {
      const { otherAccount, clientId, tenantId } = chain.azure.emulator.defaults;
      const authenticationRecord = {
        authority: "login.microsoftonline.com",
        homeAccountId: `${otherAccount.objectId}.${tenantId}`,
        clientId,
        tenantId,
        username: otherAccount.username,
      };
      const { containers, error, code, calls } = await listContainers(chain, {
        credential: { authenticationRecord, disableAutomaticAuthentication: true },
        // Windows says it is that person's account, and answers with another's token.
        more: { "account.person.prop.OID": otherAccount.objectId },
      });
      assert.equal(error?.["code"], "account_mismatch", JSON.stringify(error));
      assert.deepEqual({ containers, code }, { containers: [], code: 1 });
      assert.equal(calls.at(-1), "GetTokenSilentlyWithWebAccountAsync");
    },
  },
  {
    name: "a token for another service lists nothing: the storage service looks at it",
    run: async (chain) => {
      const credential = { useDefaultBrokerAccount: true };
      const { containers, error, code } = await listContainers(chain, { credential, scope: arm });
      assert.deepEqual({ containers, code }, { containers: [], code: 1 });
      assert.deepEqual(
        { name: error?.["name"], code: error?.["code"] },
        { name: "RestError", code: "AuthenticationFailed" },
      );
    },
  },
  {
    name: "a person who closes Windows's dialog is not asked again, and no browser opens",
    run: async (chain) => {
      const { containers, error, code, calls } = await listContainers(chain, {
        more: { "token.status": "1" },
      });
      assert.equal(error?.["code"], "user_cancelled", JSON.stringify(error));
      assert.deepEqual({ containers, code }, { containers: [], code: 1 });
      assert.deepEqual(calls, [provider, "RequestTokenForWindowAsync"]);
    },
  },
  {
    name: "where Windows has no WAM the browser signs in, and the containers are listed",
    run: async (chain) => {
      const { azure } = chain;
      const browser = await openPersonsBrowser(azure.emulator.person);
      try {
        const { code, lines, stderr } = await chain.run("browser-fallback.ts", {
          scenario: { "fail.WebAuthenticationCoreManager": "0x80040154" },
          arguments: [azure.accountUrl, azure.emulator.authorityHost, browser.url],
        });
        assert.equal(code, 0, stderr);
        assert.deepEqual(lines, ["fallback: broker to browser, wam_missing", ...containers]);
      } finally {
        await browser.close();
      }
    },
  },
  {
    name: "a process ends at once while Windows does not answer a renewal in the background",
    run: async (chain) => {
      // A short token is served for half its life, and may be renewed at any time of it.
      const scenario = { ...(await chain.answer(storage)), "token.prop.TokenExpiresOn": expiresOn(100) };
      const { code, lines, stderr, calls } = await chain.run("renewal-in-background.ts", { scenario });
      assert.equal(code, 0, stderr);
      assert.deepEqual(lines, ["served from memory", "ended, with the renewal under way"]);
      assert.equal(calls.filter((call) => call === "GetTokenSilentlyWithWebAccountAsync").length, 1);
    },
  },
  {
    name: "the self-test passes, with a person who does what it asks for",
    run: async (chain) => {
      const scenario = await chain.answer(arm);
      const { code, stdout, stderr } = await chain.run("self-test.ts", { scenario });
      assert.equal(code, 0, stderr);
      const { available, checks } = JSON.parse(stdout) as {
        readonly available: boolean;
        readonly checks: readonly { readonly name: string; readonly outcome: string }[];
      };
      assert.equal(available, true);
      assert.deepEqual(
        checks.map(({ name, outcome }) => `${outcome} ${name}`),
        [
          "passed the account of Windows, silently",
          "passed the picker",
          "passed another resource, silently",
          "passed the record after a restart, silently",
          "passed a closed dialog",
          "passed an abort",
          "passed signing out",
        ],
        stderr,
      );
      const { username, tenantId } = chain.azure.emulator.defaults.account;
      for (const secret of [username, tenantId, scenario["token.token"] ?? ""]) {
        assert.ok(!stdout.includes(secret), "the report names nobody");
      }
    },
  },
];
