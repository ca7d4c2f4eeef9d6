import type { hintFor as HintFor } from "./option-hint.ts";
import { printable } from "./printable.ts";

const LONGEST_NAME = 60;
const MOST_SENTENCES = 5;

/**
 * Names that nobody knows: says of each what to write instead, where that can be told.
 * @param place - where the object stands, such as "browserCustomizationOptions"; "options" for the caller's own
 * @param names - those that are not known
 * @param known - those that are
 */
export function unknownOption(place: string, names: readonly string[], known: readonly string[]): TypeError {
  const prefix = place === "options" ? "" : `${place}.`;
  const hintFor = optionHints();
  const hints = names.slice(0, MOST_SENTENCES).map((name) => hintFor(name, known));
  const sentences = hints.map((hint, at) => {
    const option = `The option "${prefix}${shown(names[at] ?? "")}" is not known here.`;
    return hint === undefined ? option : `${option} ${hint}.`;
  });
  const hint = hints.filter((each) => each !== undefined).join(". ");
  return Object.assign(new TypeError(sentences.join(" ")), {
    code: "ERR_INVALID_ARG_VALUE",
    detail: "unknown_option",
    ...(hint === "" ? {} : { hint }),
  });
}

function shown(name: string): string {
  return printable(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}...` : name);
}

/**
 * What is told besides fills a page, which no program needs whose names are right: it is read when one is refused. A
 * constructor has to answer at once, so `import()` is no way; a bundle that stands alone goes without.
 */
function optionHints(): typeof HintFor {
  try {
    const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);
    return (require("@entrada/core/foreign-options") as { readonly hintFor: typeof HintFor }).hintFor;
  } catch {
    return () => "See https://github.com/entrada-auth/entrada/blob/main/docs/migration.md";
  }
}
