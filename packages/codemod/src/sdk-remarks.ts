import { originsOf } from "./module-origins.ts";
import { namesUsed } from "./names-used.ts";
import type { Remark } from "./remarks.ts";
import type { SourceModule } from "./source-module.ts";

const GUIDE = "https://github.com/entrada-auth/entrada/blob/main/docs/logs-and-traces.md";
const LOG = `this does not reach Entrada's credentials: set AZURE_LOG_LEVEL, or let onEvent write to a logger of @azure/logger (${GUIDE})`;
const TRACES = `this does not trace Entrada's credentials: pass them through tracedCredential of @entrada/core/tracing (${GUIDE})`;

/** What reaches the credentials of `@azure/identity` by way of another package, and Entrada's in a way of its own. */
const BY_PACKAGE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "@azure/logger": { setLogLevel: LOG, AzureLogger: LOG },
  "@azure/opentelemetry-instrumentation-azure-sdk": { createAzureSdkInstrumentation: TRACES },
};

/** The packages whose names are looked for. */
export const SDK_PACKAGES: readonly string[] = Object.keys(BY_PACKAGE);

/** What has to be looked at where a project sets up the log and the traces of the Azure SDK, when its credentials move. */
export function sdkRemarks(module: SourceModule): readonly Remark[] {
  return Object.entries(BY_PACKAGE).flatMap(([from, texts]) =>
    originsOf(module, from).flatMap((origin) =>
      namesUsed(module, origin).flatMap(({ name, node }) => {
        const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
        return text === undefined ? [] : { node, text };
      }),
    ),
  );
}
