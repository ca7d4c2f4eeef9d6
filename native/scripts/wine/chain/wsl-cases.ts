import assert from "node:assert/strict";
import { join } from "node:path";
import type { Chain } from "./chain.ts";
import type { ChainCase } from "./chain-cases.ts";
import { installInWindows, installOnLinux, profileOf } from "./installed-apart.ts";
import { repository } from "./linked-tree.ts";
import { listContainers, storage } from "./list-containers.ts";

const containers = ["backups", "invoices", "photos"];
const provider = "FindAccountProviderWithAuthorityAsync";

/** From a program of Linux, through the Node.js of Windows, to WAM and back. */
export const wslCases: readonly ChainCase[] = [
  {
    name: "from WSL: list-containers, silently as the account of Windows",
    run: async (chain) => {
      const run = await listContainers(chain, {
        credential: { useDefaultBrokerAccount: true },
        from: "wsl",
      });
      const calls = [provider, "GetTokenSilentlyAsync"];
      assert.deepEqual(run, { containers, error: undefined, code: 0, calls });
    },
  },
  {
    name: "from WSL: list-containers, after Windows's dialog",
    run: async (chain) => {
      const run = await listContainers(chain, { from: "wsl" });
      const calls = [provider, "RequestTokenForWindowAsync"];
      assert.deepEqual(run, { containers, error: undefined, code: 0, calls });
    },
  },
  {
    name: "from WSL: a person who closes Windows's dialog is heard",
    run: async (chain) => {
      const { error, code } = await listContainers(chain, { from: "wsl", more: { "token.status": "1" } });
      assert.deepEqual({ code, what: error?.["code"] }, { code: 1, what: "user_cancelled" });
    },
  },
  {
    name: "from WSL: a program that is killed while a dialog is open leaves nothing behind in Windows",
    run: async ({ interop }) => {
      const program = join(repository, "packages", "broker", "test", "wsl", "ask-once.ts");
      const scenario = "token.complete=manual&token.cancel=ignore";
      await interop.runAndKill(program, { env: { FAKE_WAM_SCENARIO: scenario, ASK: "dialog" } });
    },
  },
  {
    name: "from WSL: the native module that npm has installed globally in Windows is taken, and missed where it is not",
    run: async (chain) => {
      const early = "wsl_addon_missing";
      assert.deepEqual(await asked(chain, true), { early, token: false, detail: early });
      assert.deepEqual(await asked(chain, false), { token: false, detail: early });
      using _installed = installInWindows(chain.prefix);
      assert.deepEqual(await asked(chain, true), { token: true });
      assert.deepEqual(await asked(chain, false), { token: true });
    },
  },
];

/** @param leads - whether PATH leads to the person's profile, as that of Windows does */
async function asked(chain: Chain, leads: boolean): Promise<object> {
  const scenario = new URLSearchParams(await chain.answer(storage)).toString();
  const apps = leads ? `:${profileOf(chain.prefix)}/AppData/Local/Microsoft/WindowsApps` : "";
  const env = { FAKE_WAM_SCENARIO: scenario, PATH: chain.interop.path + apps };
  using installed = installOnLinux("which-addon.ts");
  const { stdout, stderr } = await chain.interop.run(installed.program, { env });
  assert.equal(stderr, "");
  return JSON.parse(stdout) as object;
}
