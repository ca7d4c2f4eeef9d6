import { readdir, readlink } from "node:fs/promises";

/** What this process has open of a path and of what is below it; nothing where the system does not tell. */
export async function openBelow(path: string): Promise<readonly string[]> {
  if (process.platform !== "linux") return [];
  const descriptors = await readdir("/proc/self/fd");
  // The one that lists them is closed by now.
  const targets = await Promise.all(
    descriptors.map((descriptor) => readlink(`/proc/self/fd/${descriptor}`).catch(() => "")),
  );
  return targets.filter((target) => target.startsWith(path));
}
