import { foreignOptions, type ForeignOptions } from "@entrada/core/foreign-options";

/** What stands above a table, so that it can be found: whose options they are. */
export function headingOf({ of }: ForeignOptions): string {
  return `| option of ${of.startsWith("@") ? `\`${of}\`` : of} | Entrada |`;
}

/** The options of another library and what to write instead, as a table of a guide. */
export function foreignOptionsTable(library: ForeignOptions): string {
  const rows = library.rows.map(({ names, instead }) => {
    const cells = [names.map((name) => `\`${name}\``).join(", "), instead.replaceAll(/'([^']*)'/g, "`$1`")];
    return `| ${cells.join(" | ")} |`;
  });
  return [headingOf(library), "|---|---|", ...rows].join("\n");
}

/**
 * A guide whose tables are those that errors and the codemod read from.
 * @throws Error where it has no table for a library
 */
export function withForeignOptions(guide: string): string {
  return foreignOptions().reduce((text, library) => {
    const start = text.indexOf(`${headingOf(library)}\n`);
    if (start < 0) throw new Error(`The guide has no table of the options of ${library.of}`);
    const length = /^(?:\|.*\n?)+/.exec(text.slice(start))?.[0].trimEnd().length ?? 0;
    return text.slice(0, start) + foreignOptionsTable(library) + text.slice(start + length);
  }, guide);
}

/** What the codemod says of the options of `@azure/identity`. */
export function refusedOptions(): Readonly<Record<string, string>> {
  const rows = foreignOptions().find(({ of }) => of === "@azure/identity")?.rows ?? [];
  const told = rows.map(({ names, instead }) => ({ names, text: instead.replaceAll("'", "") }));
  return Object.fromEntries(told.flatMap(({ names, text }) => names.map((name) => [name, text])));
}

/** The same as a source of the codemod, which is run where nothing of Entrada is installed. */
export function refusedOptionsModule(): string {
  const lines = Object.entries(refusedOptions()).map(([name, text]) => `  ${name}: ${JSON.stringify(text)},`);
  return `// Written by tools/docs/src/write-foreign-options.ts from core's table of the names that options are refused by: the
// codemod is run where nothing of Entrada is installed.

/** What to write instead of an option of \`@azure/identity\`. */
export const REFUSED_OPTIONS: Readonly<Record<string, string>> = {
${lines.join("\n")}
};
`;
}
