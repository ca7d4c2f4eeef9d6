import { dirname } from "node:path/posix";

const MOST_FILES = 25;
// These say that files lie together, not what for.
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "manager",
  "managers",
  "base",
]);

/** Which folders hold too much, and which names do not say what for: a sentence each. @param files seen from the root */
export function roomFaults(files: readonly string[]): readonly string[] {
  const sizes = new Map<string, number>();
  for (const file of files) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
  const large = [...sizes]
    .filter(([, size]) => size > MOST_FILES)
    .map(
      ([folder, size]) =>
        `${folder} holds ${size} source files: more than ${MOST_FILES} are several rooms without a name`,
    );
  const unnamed = files.flatMap((file) => {
    const word = file.split(/[/.-]/).find((part) => SAYS_NOTHING.has(part));
    return word === undefined
      ? []
      : [`${file}: "${word}" does not say what for; name it after what it exports`];
  });
  return [...large, ...unnamed];
}
