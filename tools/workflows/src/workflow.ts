import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** A workflow of `.github/workflows`, as far as the rules look at it. */
export interface Workflow {
  /** `ci.yml` */
  readonly name: string;
  readonly text: string;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: unknown;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const folder = fileURLToPath(new URL("../../../.github/workflows/", import.meta.url));

/** The workflows of this repository, in the order of their names. */
export function readWorkflows(): readonly Workflow[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => readWorkflow(name, readFileSync(`${folder}${name}`, "utf8")));
}

/** @throws YAMLParseError where it is no YAML */
export function readWorkflow(path: string, text: string): Workflow {
  const content = parse(text) as Omit<Workflow, "name" | "text">;
  return { ...content, name: basename(path), text };
}
