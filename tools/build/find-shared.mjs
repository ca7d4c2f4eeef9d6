/** The group of what only parts that are loaded later share. */
export const LATER = "later";

/**
 * Finds what each entry point shares with the other ones and with the parts that are loaded later. Left to itself a
 * bundler makes a file of its own for each combination of users, and each file costs the importer.
 * @param {readonly string[]} entries the paths of the entry points, and of parts that are loaded later: what two of them
 * share goes with the first, but for what one of them takes from the other
 * @param {readonly string[]} whole those of them that are to need no file beside their own; where the first entry is one
 * of them, what two share goes with the one that stands before the other here
 * @returns {{ readonly plugin: import("rolldown").Plugin, readonly groupOf: (id: string) => string | undefined }}
 * `groupOf`: the one of them that a module goes with, unless nobody shares it. A whole one, and one that the
 * package's own sources import, goes with itself: the others find there what they share with it, without a file in between.
 * What only parts that are loaded later share goes with a whole one that all of them need anyway, but for the main one
 * and what that one needs, which are there at once. Where that is loaded later itself, for its own sake and often, it is
 * not burdened with it: then it goes with `LATER`, a file for all such.
 */
export function findShared(entries, whole) {
  const groups = new Map();
  const plugin = {
    name: "find-shared",
    buildEnd(error) {
      if (error) return;
      const facts = [...this.getModuleIds()]
        .map((id) => this.getModuleInfo(id))
        .filter((info) => info && !info.isExternal);
      const later = new Set(facts.flatMap(({ dynamicallyImportedIds }) => dynamicallyImportedIds));
      const importsOf = (id) => this.getModuleInfo(id)?.importedIds ?? [];
      const roots = new Map([...entries, ...later].map((root) => [root, reachable(root, importsOf)]));
      const isShared = (id, by) => [...roots].some(([root, modules]) => root !== by && modules.has(id));
      const homeOf = (id) => {
        const users = [...roots.values()].filter((modules) => modules.has(id));
        const needs = (modules, owner) => [...modules].some((each) => groups.get(each) === owner);
        const isAtOnce = (owner) => owner === entries[0] || needs(roots.get(entries[0]), owner);
        if (users.length < 2) return undefined;
        const home = whole.findLast((owner) => !isAtOnce(owner) && users.every((user) => needs(user, owner)));
        return later.has(home) ? LATER : home;
      };
      const order = whole.includes(entries[0]) ? [...new Set([...whole, ...entries])] : entries;
      for (const entry of innermostFirst(order, roots)) {
        const isImported = whole.includes(entry) || later.has(entry) || isShared(entry, entry);
        for (const id of roots.get(entry)) {
          const belongs = isImported || (!entries.includes(id) && isShared(id, entry));
          if (belongs && !groups.has(id)) groups.set(id, entry);
        }
      }
      for (const id of facts.map((info) => info.id)) {
        const home = groups.has(id) ? undefined : homeOf(id);
        if (home) groups.set(id, home);
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

/** The entries in their order, but each behind those that it imports. */
function innermostFirst(entries, modulesOf) {
  const ordered = new Set();
  const add = (entry) => {
    for (const other of entries) if (other !== entry && modulesOf.get(entry).has(other)) add(other);
    ordered.add(entry);
  };
  entries.forEach(add);
  return ordered;
}
