import { originsOf } from "./module-origins.ts";
import { IDENTITY, isForeign, movesAlways } from "./moves.ts";
import { namesUsed } from "./names-used.ts";
import { reasonsToStay } from "./reasons-to-stay.ts";
import { parseModule } from "./source-module.ts";

/** The names of `@azure/identity` that a file uses. */
export interface IdentityNames {
  /** Those that stay there; "*" when that cannot be told. */
  readonly foreign: readonly string[];
  /** Whether any of its own accord moves to Entrada: a credential, its options, a record. */
  readonly moves: boolean;
}

/** @throws SyntaxError when the file cannot be read */
export function identityNamesIn(path: string, text: string): IdentityNames {
  const module = parseModule(path, text.replace(/^\uFEFF/, ""));
  const names = originsOf(module, IDENTITY).flatMap((origin) =>
    namesUsed(module, origin).map(({ name }) => name),
  );
  if (reasonsToStay(module).length > 0) return { foreign: names, moves: false };
  return { foreign: names.filter(isForeign), moves: names.some(movesAlways) };
}
