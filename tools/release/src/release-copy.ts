import { cpSync, globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changesetsIn } from "./changesets-in.ts";
import { run } from "./run.ts";

/** A clone of the last commit, to version, build and pack in, so that the tree itself stays as it is. */
export class ReleaseCopy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Clones through a bare repository, which is then the place to push to. Installs what the lock file says. */
  static async create(root: string, parent: string): Promise<ReleaseCopy> {
    const origin = join(parent, "origin.git");
    const copy = new ReleaseCopy(join(parent, "copy"));
    await run("git", ["clone", "--quiet", "--bare", root, origin], { cwd: parent });
    await run("git", ["clone", "--quiet", origin, copy.folder], { cwd: parent });
    await run("git", ["config", "user.name", "Rehearsal"], { cwd: copy.folder });
    await run("git", ["config", "user.email", "rehearsal@localhost"], { cwd: copy.folder });
    await copy.run("pnpm", ["install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline"]);
    return copy;
  }

  /** Whether a changeset waits. */
  get hasChangesets(): boolean {
    return changesetsIn(this.folder).length > 0;
  }

  /** What the release workflow would do now: `version`, `publish` or `none`. */
  async mode(): Promise<string | undefined> {
    return /^mode=(\w+)$/m.exec(await this.run("pnpm", ["run", "release:mode"]))?.[1];
  }

  /** Turns the changesets into versions and changelogs, and commits them, as merging the release request does. */
  async version(): Promise<void> {
    await this.run("pnpm", ["run", "release:version"]);
    if (this.hasChangesets) throw new Error("changesets are left over");
    await this.run("git", ["commit", "--quiet", "--all", "--message", "Version packages"]);
  }

  async build(): Promise<void> {
    await this.run("pnpm", ["run", "build"]);
  }

  /** Takes the native modules for Windows from elsewhere, those that there are. */
  addBinaries(from: string): void {
    const files = globSync("*/wam.node", { cwd: from });
    for (const file of files) cpSync(join(from, file), join(this.folder, "native", "prebuilds", file));
  }

  /** Sends the scope to the local registry, and nothing else. */
  useRegistry(npmrc: string): void {
    writeFileSync(join(this.folder, ".npmrc"), npmrc);
  }

  /** Packs whatever the registry does not have, with the plan to publish it by. */
  async pack(into: string): Promise<void> {
    await this.run("pnpm", ["exec", "changeset", "pack", "--out-dir", into]);
  }

  /** Publishes by the same program, and pushes the tags to the same kind of place, as the release does. */
  async publish(packed: string): Promise<void> {
    await this.run("pnpm", ["run", "release:publish", packed]);
    await this.run("git", ["push", "--quiet", "origin", "--tags"]);
  }

  run(program: string, args: readonly string[]): Promise<string> {
    return run(program, args, { cwd: this.folder });
  }
}
