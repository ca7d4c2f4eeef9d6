/** The exported names of a report, each with its declarations as they stand there. */
export function readExports(report: string): ReadonlyMap<string, string> {
  const declarations =
    /^export (?:declare )?(?:abstract )?(?:class|interface|type|function|const|enum|namespace) (\w+)/;
  const found = new Map<string, string>();
  let name: string | undefined;
  for (const line of report.split("\n")) {
    const start = declarations.exec(line)?.[1];
    // A declaration ends where the next comment at the margin begins.
    const passedOn = /^export \{ (\w+) \}$/.exec(line)?.[1];
    if (start !== undefined || passedOn !== undefined) name = start ?? passedOn;
    else if (line.startsWith("//")) name = undefined;
    if (name !== undefined) found.set(name, `${found.get(name) ?? ""}${line}\n`);
  }
  return found;
}
