import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { UnavailableBroker } from "../availability/unavailable-broker.ts";
import type { MsalRuntime, RuntimeFailure } from "./msal-runtime.ts";

export type RuntimeLoad =
  | { readonly runtime: MsalRuntime }
  | { readonly runtime: undefined; readonly unavailable: UnavailableBroker };

const RUNTIME = "@azure/msal-node-runtime";
const EXTENSIONS = "@azure/msal-node-extensions";

/**
 * Loads Microsoft's runtime where the application has installed it, by itself or with `@azure/msal-node-extensions`.
 * The latter is only looked up: loading it would need keytar. Never throws.
 *
 * @param require - for tests: how a package is found
 */
export function loadMsalRuntime(require: (name: string) => unknown = requireFromApplication): RuntimeLoad {
  let loaded: { readonly msalNodeRuntime?: MsalRuntime };
  try {
    loaded = require(RUNTIME) as typeof loaded;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException | undefined)?.code === "MODULE_NOT_FOUND";
    return absent({ detail: missing ? "runtime_missing" : "runtime_unloadable", cause });
  }
  const runtime = loaded?.msalNodeRuntime;
  if (!runtime) return absent({ detail: "runtime_unloadable" });
  if (!runtime.StartupError) return { runtime };
  return absent({ detail: "runtime_unloadable", hint: startupHint(runtime.StartupError) });
}

function absent(unavailable: UnavailableBroker): RuntimeLoad {
  return { runtime: undefined, unavailable };
}

function startupHint({ errorContext }: RuntimeFailure): string {
  const context =
    typeof errorContext === "string" ? errorContext.trim().replace(/\.$/, "") : "no reason given";
  return (
    `Microsoft's runtime (${RUNTIME}) did not start: ${context}. ` +
    "It needs Windows, macOS, or Ubuntu or RHEL on x64 with the packages of its own documentation."
  );
}

function requireFromApplication(name: string): unknown {
  const near = createRequire(import.meta.url);
  try {
    return near(name);
  } catch (error) {
    const found = extensionsOf(process.argv[1] ?? join(process.cwd(), "index.js"));
    if (found === undefined) throw error;
    return createRequire(found)(name);
  }
}

function extensionsOf(main: string): string | undefined {
  try {
    return createRequire(pathToFileURL(main)).resolve(EXTENSIONS);
  } catch {
    return undefined; // not installed either: the runtime's own absence is reported
  }
}
