// `npm run release:mode`: what the release workflow has to do. `version` while a changeset waits, `publish` while the
// registry lacks a version that this tree has, `none` otherwise.
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changesetsIn } from "./changesets-in.ts";
import { run } from "./run.ts";

const root = process.cwd();
const line = `mode=${changesetsIn(root).length > 0 ? "version" : await publishOrNone()}`;
console.log(line);
const output = process.env["GITHUB_OUTPUT"];
if (output !== undefined) appendFileSync(output, `${line}\n`);

async function publishOrNone(): Promise<"publish" | "none"> {
  const folder = mkdtempSync(join(tmpdir(), "publish-plan-"));
  try {
    const file = join(folder, "plan.json");
    await run("changeset", ["publish-plan", "--output", file], { cwd: root });
    const { plan } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly plan: readonly (readonly unknown[])[];
    };
    return plan.flat().length > 0 ? "publish" : "none";
  } finally {
    rmSync(folder, { recursive: true });
  }
}
