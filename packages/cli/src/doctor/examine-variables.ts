import { hintFor } from "@entrada/core/foreign-options";
import type { Examined } from "./finding.ts";

/** Every variable of Entrada's own. */
export const VARIABLES: readonly string[] = [
  "ENTRADA_CACHE_KEY_FILE",
  "ENTRADA_CACHE_PASSPHRASE",
  "ENTRADA_CONFIG_DIR",
  "ENTRADA_DISABLE_BROKER",
  "ENTRADA_PROFILE",
  "ENTRADA_SIGN_IN",
];

/** Whether somebody has set a variable of ours that there is not: it does nothing, and nobody else would say so. */
export function examineVariables(env: Readonly<Record<string, string | undefined>>): Examined {
  const unknown = Object.keys(env).filter(
    (name) => /^entrada_/i.test(name) && !VARIABLES.includes(isCased() ? name : name.toUpperCase()),
  );
  if (unknown.length === 0) return { facts: [], findings: [] };
  const told = unknown.map((name) => {
    const hint = hintFor(name, VARIABLES);
    return hint === undefined ? `${name}.` : `${name}. ${hint}.`;
  });
  return {
    facts: [],
    findings: [
      {
        code: "variable_unknown",
        what: "A variable that begins with ENTRADA_ has a name that nobody knows.",
        todo: `Write it as it is called, or unset it. There are ${VARIABLES.join(", ")}.`,
        detail: told.join(" "),
      },
    ],
  };
}

// Windows knows a variable by whatever case it is written in.
function isCased(): boolean {
  return process.platform !== "win32";
}
