/**
 * Finds what the main entry point shares with the other ones and with the parts that are loaded later. Left to itself
 * a bundler makes a file of its own for each combination of users, and each file costs the importer.
 * @param {string} main the path of the main entry point
 * @returns {{ readonly plugin: import("rolldown").Plugin, readonly modules: ReadonlySet<string> }}
 */
export function findShared(main) {
  const modules = new Set();
  const plugin = {
    name: "find-shared",
    buildEnd(error) {
      if (error) return;
      const facts = [...this.getModuleIds()]
        .map((id) => this.getModuleInfo(id))
        .filter((info) => info && !info.isExternal);
      const reached = (root) => reachable(root, (id) => this.getModuleInfo(id)?.importedIds ?? []);
      const later = facts.flatMap(({ dynamicallyImportedIds }) => dynamicallyImportedIds);
      const roots = new Set([...facts.filter(({ isEntry }) => isEntry).map(({ id }) => id), ...later]);
      roots.delete(main);
      const elsewhere = new Set([...roots].flatMap((root) => [...reached(root)]));
      for (const id of reached(main)) if (id !== main && elsewhere.has(id)) modules.add(id);
    },
  };
  return { plugin, modules };
}

/** A module and all that it imports, directly or not, before it runs. */
function reachable(root, importsOf) {
  const found = new Set([root]);
  for (const id of found) for (const next of importsOf(id)) found.add(next);
  return found;
}
