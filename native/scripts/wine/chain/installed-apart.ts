import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { WinePrefix } from "../wine-prefix.ts";
import { repository } from "./linked-tree.ts";

const BROKER = join("node_modules", "@entrada", "broker");
const ADDON = join("node_modules", "@entrada", "wam-win32-x64");

/** A program beside a broker as it is installed on Linux, without native modules for Windows. */
export function installOnLinux(name: string): Disposable & { readonly program: string } {
  // Away from the repository, where a folder above has them.
  const folder = mkdtempSync(join(tmpdir(), "entrada-apart-"));
  const [from, to] = [join(repository, "packages", "broker"), join(folder, BROKER)];
  mkdirSync(to, { recursive: true });
  copyFileSync(join(from, "package.json"), join(to, "package.json"));
  cpSync(join(from, "dist"), join(to, "dist"), { recursive: true });
  symlinkSync(join(repository, "packages", "core"), join(to, "..", "core"));
  const program = join(folder, name);
  copyFileSync(join(from, "test", "wine", name), program);
  return { program, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

/** The profile of the person in Windows, as Linux sees it. */
export function profileOf({ folder }: WinePrefix): string {
  return join(folder, "drive_c", "users", userInfo().username);
}

/** What `npm install --global @entrada/broker` leaves in Windows of what is asked for here. Undone by `dispose`. */
export function installInWindows(prefix: WinePrefix): Disposable {
  const modules = join(profileOf(prefix), "AppData", "Roaming", "npm", "node_modules");
  const addon = join(modules, "@entrada", "broker", ADDON);
  mkdirSync(addon, { recursive: true });
  for (const file of ["package.json", "wam.node"])
    copyFileSync(join(repository, "native", "prebuilds", "win32-x64", file), join(addon, file));
  return { [Symbol.dispose]: () => rmSync(modules, { recursive: true }) };
}
