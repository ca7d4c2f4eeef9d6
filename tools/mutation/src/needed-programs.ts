import { spawnSync } from "node:child_process";

/** Something whose tests are skipped where none of some programs is installed, and so notice nothing there. */
export interface Needing {
  readonly name: string;
  /** Names of programs, each as good as the others. Default: none is needed. */
  readonly needs?: readonly string[];
}

/** Those that can be tried on this machine; of each other one it is said why not. */
export function triable<T extends Needing>(all: readonly T[], isInstalled = hasProgram): readonly T[] {
  return all.filter(({ name, needs }) => {
    const can = needs === undefined || needs.some(isInstalled);
    if (!can) console.log(`${name}: not tried, since its tests need ${needs.join(" or ")}`);
    return can;
  });
}

function hasProgram(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}
