import type { Project } from "./project.ts";

/** A way to ship a program. */
export interface Packer {
  readonly name: string;
  /** Whose line of the table of docs/bundling.md it takes its settings from, or under which heading its script stands. */
  readonly recipe: string;
  /** Why this machine cannot try it. */
  readonly absent?: string;
  /** It takes its time: only the program with the cache is tried, which does what the other does. */
  readonly slow?: true;
  /**
   * Writes what is shipped into the folder, and nothing else.
   * @returns the command that starts it there
   */
  readonly pack: (project: Project, out: string) => Promise<readonly [program: string, ...args: string[]]>;
}
