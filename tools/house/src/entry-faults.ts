import type { Package } from "./read-package.ts";

/** Which entry points of a package do not lie at the top of `src`, or have another name there: a sentence each. */
export function entryFaults({ folder, files, targets }: Package): readonly string[] {
  // The build makes a file of the CommonJS kind beside each ES module.
  const exported = targets.filter(
    ({ field, path }) => field === "exports" && path !== "./package.json" && !/\.c[jt]s$/.test(path),
  );
  const misplaced = exported.flatMap(({ name, path, file }) => {
    const place = name === "." ? "index.ts" : `${name.slice("./".length)}.ts`;
    const rule = `an entry point lies at the top of src, named as it is imported`;
    if (place.includes("/")) return [`${folder}/package.json: "${name}" has a folder in its name: ${rule}`];
    if (file === place && files.includes(place)) return [];
    const found =
      file === place ? `, and src/${place} is not there` : `, not to what is built of src/${place}`;
    return [`${folder}/package.json: "${name}" leads to ${path}${found}: ${rule}`];
  });
  const inFolders = files
    .filter((file) => /\/index\.[cm]?[jt]s$/.test(file))
    .map((file) => `${folder}/src/${file}: a folder has no entry point; name the file after what it exports`);
  return [...misplaced, ...inFolders];
}
