import type { PublicEntry } from "./public-entries.ts";
import { readExports } from "./read-exports.ts";

/** An entry point with its report. */
export interface ReportedEntry extends Pick<PublicEntry, "specifier" | "folder"> {
  readonly text: string;
}

/**
 * Types that a public signature mentions and that no entry point of the same package exports by name, so that nobody
 * can write them down: `@entrada/core/flow EntraClientOptions`.
 */
export function forgottenTypes(entries: readonly ReportedEntry[]): readonly string[] {
  return entries.flatMap(({ specifier, folder, text }) => {
    const ofPackage = entries.filter((other) => other.folder === folder);
    const exported = new Set(ofPackage.flatMap((other) => [...readExports(other.text).keys()]));
    const mentioned = text.matchAll(/\(ae-forgotten-export\) The symbol "(\w+)"/g);
    const names = new Set([...mentioned].map(([, name = ""]) => name));
    return [...names].filter((name) => !exported.has(name)).map((name) => `${specifier} ${name}`);
  });
}
