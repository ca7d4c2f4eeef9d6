import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ROOT } from "./step.ts";

const MAX_OUTPUT_IN_BYTES = 2 ** 26;

/**
 * How many packages' tests have no result that still holds, so that turbo would run them.
 * @param env the environment that they would run in
 * @throws Error where turbo fails, or says something else than a plan
 */
export async function outdatedTests(env: NodeJS.ProcessEnv): Promise<number> {
  const { stdout } = await promisify(execFile)("turbo", ["run", "test", "--dry=json"], {
    cwd: ROOT,
    env,
    maxBuffer: MAX_OUTPUT_IN_BYTES,
    shell: process.platform === "win32",
  });
  return countOutdated(JSON.parse(stdout) as Plan);
}

/** Counts the tests in a plan of turbo that would be run. */
export function countOutdated({ tasks }: Plan): number {
  return tasks.filter(
    ({ task, command, cache }) => task === "test" && command !== NO_SCRIPT && cache.status !== "HIT",
  ).length;
}

// What turbo says of a package that has no such script.
const NO_SCRIPT = "<NONEXISTENT>";

/** What turbo would do. */
export interface Plan {
  readonly tasks: readonly {
    readonly task: string;
    readonly command: string;
    readonly cache: { readonly status: string };
  }[];
}
