import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalAzure } from "../../../../examples/demo/local-azure.ts";
import { winePath } from "../paths.ts";
import type { WamHost } from "../wam-host.ts";
import type { WinePrefix, WineRun } from "../wine-prefix.ts";
import { buildPackages } from "./build-packages.ts";
import { linkTree, repository } from "./linked-tree.ts";
import { windowsInterop, type WindowsInterop } from "./windows-interop.ts";
import { mintedAnswer, type AnswerScenario, type PersonKind } from "./minted-answer.ts";

/** A Windows with the fake WAM, beside a local Azure whose tokens WAM hands on. */
export interface Chain {
  readonly azure: LocalAzure;
  /** What WAM answers for the person, with a token for a scope. */
  answer(scope: string, person?: PersonKind): Promise<AnswerScenario>;
  /** Runs a program of packages/broker/test/wine in the Windows node.exe. */
  run(
    program: string,
    options: {
      readonly scenario: Readonly<Record<string, string>>;
      readonly arguments?: readonly string[];
      /** Options of the credential. */
      readonly credential?: object;
      /** Whether it runs in Windows, or in a Linux whose Windows this is. @defaultValue "windows" */
      readonly from?: "windows" | "wsl";
    },
  ): Promise<ChainRun>;
  /** Runs a program that means Azure itself: what stands for it on this machine answers. */
  runText(program: string, scenario: Readonly<Record<string, string>>): Promise<ChainRun>;
  /** The way from Linux to this Windows. */
  readonly interop: WindowsInterop;
  readonly prefix: WinePrefix;
  close(): Promise<void>;
}

export interface ChainRun extends WineRun {
  /** What was called of WAM, in order. */
  readonly calls: readonly string[];
  readonly lines: readonly string[];
}

export async function openChain(host: WamHost): Promise<Chain> {
  buildPackages();
  // Not before: it imports what has just been built.
  const { startLocalAzure } = await import("../../../../examples/demo/local-azure.ts");
  const { startAzureProxy } = await import("../../../../examples/test/reader/azure-proxy.ts");
  const tree = linkTree();
  const azure = await startLocalAzure();
  const proxy = await startAzureProxy(azure);
  const interop = windowsInterop(host);
  const authority = join(tree, "certificate-authority.pem");
  writeFileSync(authority, azure.emulator.certificateAuthority + proxy.certificate);
  return {
    azure,
    interop,
    prefix: host.prefix,
    answer: (scope, person) => mintedAnswer(azure.emulator, scope, person),
    run: async (program, { scenario, arguments: rest = [], credential = {}, from = "windows" }) => {
      rmSync(host.journal, { force: true });
      if (from === "wsl") {
        const run = await interop.run(join(repository, "packages", "broker", "test", "wine", program), {
          arguments: rest,
          env: {
            FAKE_WAM_SCENARIO: new URLSearchParams(scenario).toString(),
            NODE_EXTRA_CA_CERTS: authority,
            CREDENTIAL_OPTIONS: JSON.stringify(credential),
          },
        });
        return { ...run, calls: callsIn(host.journal), lines: run.stdout.split("\n").filter(Boolean) };
      }
      const run = await host.run(join(tree, "packages", "broker", "test", "wine", program), {
        arguments: rest,
        timeoutInMs: 60_000,
        env: {
          FAKE_WAM_SCENARIO: new URLSearchParams(scenario).toString(),
          NODE_EXTRA_CA_CERTS: winePath(authority),
          CREDENTIAL_OPTIONS: JSON.stringify(credential),
        },
      });
      return { ...run, calls: callsIn(host.journal), lines: run.stdout.split(/\r?\n/).filter(Boolean) };
    },
    runText: async (program, scenario) => {
      rmSync(host.journal, { force: true });
      const module = join(tree, "program.ts");
      writeFileSync(module, program);
      const run = await host.run(module, {
        timeoutInMs: 60_000,
        env: {
          FAKE_WAM_SCENARIO: new URLSearchParams(scenario).toString(),
          NODE_EXTRA_CA_CERTS: winePath(authority),
          HTTPS_PROXY: proxy.url,
        },
      });
      return { ...run, calls: callsIn(host.journal), lines: run.stdout.split(/\r?\n/).filter(Boolean) };
    },
    close: async () => {
      interop.close();
      await proxy[Symbol.asyncDispose]();
      await azure[Symbol.asyncDispose]();
    },
  };
}

function callsIn(journal: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(journal, "utf8");
  } catch {
    return []; // nothing was called
  }
  return text
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { call?: string; violation?: string }).call ?? line);
}
