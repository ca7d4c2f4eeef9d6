import { parseSync } from "oxc-parser";

/** What one file imports: the names of modules as they are written. */
export interface Imports {
  /** By `import` and `export … from`, also where only types are meant. */
  readonly fixed: readonly string[];
  /** By `import()`. */
  readonly lazy: readonly string[];
}

/** Types by `import("…")` are not among them: the linter forbids them. @throws SyntaxError */
export function readImports(path: string, text: string): Imports {
  const { module, errors } = parseSync(path, text);
  const fault = errors.find(({ severity }) => (severity as string) === "Error");
  if (fault !== undefined) throw new SyntaxError(`${path}: ${fault.message}`);
  const fixed = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => (moduleRequest === null ? [] : [moduleRequest.value])),
    ),
  ];
  const lazy = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const [, , name] = /^(["'`])(.*)\1$/s.exec(text.slice(start, end)) ?? [];
    return name === undefined ? [] : [name];
  });
  return { fixed: [...new Set(fixed)], lazy: [...new Set(lazy)] };
}
