import { readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { importedFile } from "./imported-file.ts";
import { readImports } from "./read-imports.ts";

/**
 * The circles that an `import()` is part of, a sentence each. All others are the linter's: it does not follow these.
 * @param files as seen from the root
 */
export function lazyCircles(root: string, files: readonly string[]): readonly string[] {
  const known = new Set(files);
  const read = files.map((file) => {
    const { fixed, lazy } = readImports(file, readFileSync(join(root, file), "utf8"));
    const own = (names: readonly string[]): readonly string[] =>
      names.flatMap((name) => importedFile(known, file, name) ?? []);
    return { file, all: own([...fixed, ...lazy]), lazy: own(lazy) };
  });
  const graph = new Map(read.map(({ file, all }) => [file, all]));
  return read.flatMap(({ file, lazy }) =>
    lazy.flatMap((imported) => {
      const way = wayBetween(graph, imported, file);
      return way === undefined
        ? []
        : [`${[file, ...way].join(" -> ")}: files do not import each other, also not by import()`];
    }),
  );
}

type Graph = ReadonlyMap<string, readonly string[]>;

// The shortest one, both ends included.
function wayBetween(graph: Graph, from: string, to: string): readonly string[] | undefined {
  const seen = new Set([from]);
  const ways: (readonly [string, ...string[]])[] = [[from]];
  // What is found on the way is put behind.
  for (const [last, ...before] of ways) {
    if (last === to) return [last, ...before].toReversed();
    for (const next of graph.get(last) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([next, last, ...before]);
    }
  }
  return undefined;
}
