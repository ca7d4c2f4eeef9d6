import type { NodeRuntime } from "../nodes.ts";
import type { PackedPackage } from "../packed-package.ts";

/** What is at hand for those who try the packages as their users do. */
export interface ConsumerChecks {
  /** Where the projects go. */
  readonly folder: string;
  /** The settings that lead to the local registry. */
  readonly npmrc: string;
  readonly nodes: readonly NodeRuntime[];
  readonly packages: readonly PackedPackage[];
}
