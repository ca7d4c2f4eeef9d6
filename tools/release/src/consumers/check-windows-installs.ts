import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { footprint } from "../../../measure/footprint.ts";
import type { Checks } from "../checks.ts";
import type { ConsumerChecks } from "./consumer-checks.ts";
import { ConsumerProject } from "./consumer-project.ts";
import { readExpectation } from "../expectation.ts";

const BRINGERS = ["@entrada/broker", "@entrada/wam", "@entrada/cli"];

/** What a Windows gets, as npm installs it for one: the native module of its processor, and no other. */
export async function checkWindowsInstalls(
  checks: Checks,
  { folder, npmrc, packages }: ConsumerChecks,
): Promise<void> {
  const addons = packages.filter(({ processor }) => processor !== undefined);
  for (const { name, tarball } of packages.filter((each) => BRINGERS.includes(each.name))) {
    for (const { name: wanted, processor = "" } of addons) {
      const place = join(folder, "windows", name.replace("/", "-"), processor);
      const project = new ConsumerProject(place, "npm", npmrc);
      const on = `${name} on Windows, ${processor}`;
      await checks.check(`${on}: brings ${wanted}, and no other`, async () => {
        await project.install([tarball], [], ["--os=win32", `--cpu=${processor}`]);
        const brought = readdirSync(project.path("node_modules/@entrada")).filter((each) =>
          each.startsWith("wam-"),
        );
        if (!isDeepStrictEqual(brought, [wanted.replace("@entrada/", "")]))
          throw new Error(`It brings ${brought.join(", ") || "none"}`);
      });
      const { maxBytesOnWindows } = readExpectation(name);
      if (maxBytesOnWindows === undefined) continue;
      await checks.check(`${on}: takes no more room than it may`, () => {
        const { bytesOnDisk, bytesOfFolders } = footprint(project.path("node_modules"));
        const bytes = bytesOnDisk + bytesOfFolders;
        console.log(`       ${(bytes / 2 ** 20).toFixed(2)} MiB on the disk`);
        if (bytes > maxBytesOnWindows) throw new Error(`${bytes} bytes are more than ${maxBytesOnWindows}`);
      });
    }
  }
}
