import assert from "node:assert/strict";
import { join } from "node:path";
import type { ChainCase } from "./chain-cases.ts";
import { repository } from "./linked-tree.ts";
import { listContainers } from "./list-containers.ts";

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
];
