import { buildAddonWithMingw } from "../build-native.ts";
import { hasMingw, mingwTargets } from "../mingw.ts";
import { buildBareRequests, buildFakeWam, buildObserver, buildTextTest } from "./fake-wam-build.ts";
import { openWamHost, type WamHost } from "./wam-host.ts";
import { windowsNode } from "./windows-node.ts";
import { hasWine } from "./wine-prefix.ts";

/** Compiles what has changed, and opens a Windows with the fake; else says what this machine lacks for one. */
export async function openBuiltHost(): Promise<{ readonly host: WamHost } | { readonly lacks: string }> {
  const [target] = mingwTargets;
  const missing = [
    hasWine() ? undefined : "wine (Debian: wine, wine64)",
    mingwTargets.every(hasMingw) ? undefined : "the cross compilers for x64 and ia32 (Debian: mingw-w64)",
  ].filter((what) => what !== undefined);
  const node = missing.length > 0 ? undefined : windowsNode();
  if (target === undefined || node === undefined)
    return { lacks: missing.length > 0 ? missing.join(" and ") : "node.exe (from the npm registry)" };

  // Programs run on the first; that of another processor shows what the loader says of it.
  for (const each of mingwTargets) buildAddonWithMingw(each);
  const host = await openWamHost({
    node,
    fake: buildFakeWam(target),
    observer: buildObserver(target),
    textTest: buildTextTest(target),
    bareRequests: buildBareRequests(target),
  });
  return { host };
}
