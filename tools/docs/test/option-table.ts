/**
 * The options of a document's table (`| option | default | meaning |`), with what stands under "default". A row may name
 * several options, and as many defaults or one for all.
 * @throws Error where the document has no such table
 */
export function optionTable(markdown: string): ReadonlyMap<string, string> {
  const lines = markdown.split("\n");
  const head = lines.findIndex((line) => line.startsWith("| option | default |"));
  if (head < 0) throw new Error("The document has no table of options");
  const end = lines.findIndex((line, at) => at > head && !line.startsWith("|"));
  const rows = lines.slice(head + 2, end < 0 ? undefined : end);
  return new Map(
    rows.flatMap((row) => {
      const [names = "", defaults = ""] = row.split(/(?<!\\)\|/).slice(1);
      const values = defaults.split(/,\s(?=`)/).map((value) => value.trim());
      const named = [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
      return named.map((name, at): [string, string] => [
        name,
        values.length === named.length ? (values[at] ?? "") : defaults.trim(),
      ]);
    }),
  );
}
