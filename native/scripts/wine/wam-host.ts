import { join, resolve } from "node:path";
import { root, winePath } from "./paths.ts";
import { openWinePrefix, type WinePrefix, type WineRun } from "./wine-prefix.ts";

const classes = [
  "Windows.Security.Authentication.Web.Core.WebAuthenticationCoreManager",
  "Windows.Security.Authentication.Web.Core.WebTokenRequest",
  "Windows.UI.ApplicationSettings.AccountsSettingsPane",
  "Windows.UI.ApplicationSettings.WebAccountProviderCommand",
  "Windows.System.DispatcherQueueController",
];

export interface WamHostFiles {
  readonly node: string;
  readonly fake: string;
  readonly observer: string;
  readonly textTest?: string;
  readonly bareRequests?: string;
}

/** A Windows whose Web Account Manager is the fake. */
export interface WamHost {
  readonly prefix: WinePrefix;
  readonly files: WamHostFiles;
  /** Runs a script, by its path in this package or absolute, in the Windows node.exe. */
  run(
    script: string,
    options?: {
      readonly options?: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
      readonly arguments?: readonly string[];
      /** @defaultValue ten minutes */
      readonly timeoutInMs?: number;
    },
  ): Promise<WineRun>;
  /** Where the fake writes what was called, unless told otherwise. */
  readonly journal: string;
}

/** Opens the prefix of the tests, with the classes registered for the fake. */
export async function openWamHost(files: WamHostFiles): Promise<WamHost> {
  const { node, fake, observer } = files;
  const prefix = await openWinePrefix("wine-wam");
  const base = "HKLM\\Software\\Microsoft\\WindowsRuntime\\ActivatableClassId";
  for (const name of classes) await prefix.setRegistry(`${base}\\${name}`, "DllPath", winePath(fake));

  const journal = join(root, ".cache", "fake-wam.jsonl");
  return {
    prefix,
    files,
    journal,
    run: (script, { options = [], env = {}, arguments: rest = [], timeoutInMs = 600_000 } = {}) =>
      prefix.run(
        [node, "--disable-warning=ExperimentalWarning", ...options, winePath(resolve(root, script)), ...rest],
        {
          env: {
            FAKE_WAM_LOG: winePath(journal),
            FAKE_WAM_DLL: winePath(fake),
            FAKE_WAM_OBSERVER: winePath(observer),
            FAKE_WAM_SCENARIO: "",
            ...env,
          },
          timeoutInMs,
        },
      ),
  };
}
