/**
 * Finds what each entry point shares with the other ones and with the parts that are loaded later. Left to itself a
 * bundler makes a file of its own for each combination of users, and each file costs the importer.
 * @param {readonly string[]} entries the paths of the entry points, the main one first: what two of them share goes
 * with the first
 * @returns {{ readonly plugin: import("rolldown").Plugin, readonly groupOf: (id: string) => number | undefined }}
 */
export function findShared(entries) {
  const groups = new Map();
  const plugin = {
    name: "find-shared",
    buildEnd(error) {
      if (error) return;
      const facts = [...this.getModuleIds()]
        .map((id) => this.getModuleInfo(id))
        .filter((info) => info && !info.isExternal);
      const reached = (root) => reachable(root, (id) => this.getModuleInfo(id)?.importedIds ?? []);
      const later = facts.flatMap(({ dynamicallyImportedIds }) => dynamicallyImportedIds);
      const roots = [...new Set([...entries, ...later])].map((root) => ({ root, modules: reached(root) }));
      for (const [group, entry] of entries.entries()) {
        for (const id of reached(entry)) {
          const elsewhere = roots.some(({ root, modules }) => root !== entry && modules.has(id));
          if (elsewhere && !groups.has(id) && !entries.includes(id)) groups.set(id, group);
        }
      }
    },
  };
  return { plugin, groupOf: (id) => groups.get(id) };
}

/** A module and all that it imports, directly or not, before it runs. */
function reachable(root, importsOf) {
  const found = new Set([root]);
  for (const id of found) for (const next of importsOf(id)) found.add(next);
  return found;
}
