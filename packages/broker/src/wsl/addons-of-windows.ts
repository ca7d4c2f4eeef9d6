import { dirname, join } from "node:path";
import { binaryPackage } from "@entrada/wam";

/** What people install globally, and what brings the native module then: npm puts it into their folders. */
const BRINGERS = ["@entrada/broker/node_modules", "@entrada/cli/node_modules", ""];

/**
 * Where the native module of a processor can be in Windows, in the order to try. npm keeps what is installed globally
 * beside its commands: in the person's profile, beside Node.js, or in another folder of PATH.
 * @param given - the native modules that the installation in Linux has, as Windows names them: of any processor
 */
export function addonsOfWindows(
  architecture: string,
  given: readonly string[],
  { env, execPath }: Pick<NodeJS.Process, "env" | "execPath"> = process,
): readonly string[] {
  const { APPDATA, PATH = "" } = env;
  const folders = [...(APPDATA ? [join(APPDATA, "npm")] : []), dirname(execPath), ...PATH.split(";")];
  const installed = [...new Set(folders.filter(Boolean))].flatMap((folder) =>
    BRINGERS.map((bringer) => join(folder, "node_modules", bringer, binaryPackage(architecture), "wam.node")),
  );
  const fitting = given.filter((file) => file.endsWith(join(`win32-${architecture}`, "wam.node")));
  return [...fitting, ...installed];
}
