import { registerHooks, stripTypeScriptTypes } from "node:module";
import type { EngineParts } from "./engine-parts.ts";
import { SEEDED_FAULTS, type SeededFault } from "./seeded-faults.ts";
import { ENGINE, seededSource } from "./seeded-source.ts";

const SOURCES = new URL("../../src/", import.meta.url).href;
const MARK = "?fault=";

let areHooked = false;

/** The engine and all that it is made of, loaded once more with one fault in it. */
export async function partsWith(fault: SeededFault): Promise<EngineParts> {
  hook();
  const url = `./engine-parts.ts${MARK}${SEEDED_FAULTS.indexOf(fault)}`;
  return ((await import(url)) as { engineParts: EngineParts }).engineParts;
}

// Whatever a module with the mark imports of our sources gets the mark, too.
function hook(): void {
  if (areHooked) return;
  areHooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const mark = context.parentURL?.split(MARK)[1];
      const isOurs = mark !== undefined && resolved.url.startsWith(SOURCES);
      return isOurs ? { ...resolved, url: `${resolved.url}${MARK}${mark}` } : resolved;
    },
    load(url, context, next) {
      const [path, mark] = url.split(MARK);
      const fault = mark === undefined ? undefined : SEEDED_FAULTS[Number(mark)];
      if (!fault || path !== `${ENGINE}${fault.file}`) return next(url, context);
      return { format: "module", source: stripTypeScriptTypes(seededSource(fault)), shortCircuit: true };
    },
  });
}
