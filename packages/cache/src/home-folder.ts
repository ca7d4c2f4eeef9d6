import { cacheError } from "./cache-error.ts";

const { isAbsolute } = process.getBuiltinModule("node:path");

/** Where the system says that the home folder is, the first place first. */
const PLACES: readonly (() => string)[] = [
  () => process.getBuiltinModule("node:os").homedir(),
  () => process.getBuiltinModule("node:os").userInfo().homedir,
];

/**
 * This user's home folder: HOME if that is a full path, else what the system knows of the user. A relative one would
 * be another folder for each program, and tokens would lie wherever it was started.
 * @throws AuthenticationError `cache`, `cache_unwritable` where there is none.
 */
export function homeFolder(places: readonly (() => string)[] = PLACES): string {
  let cause: unknown;
  for (const place of places) {
    try {
      const path = place();
      if (isAbsolute(path)) return path;
    } catch (error) {
      cause = error;
    }
  }
  throw cacheError(
    "cache_unwritable",
    "This user has no home folder",
    "Set HOME, or choose a `directory`",
    cause,
  );
}
