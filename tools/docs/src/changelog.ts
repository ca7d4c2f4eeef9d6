import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./site-folders.ts";

/** One page from the changelogs of all packages, which share their versions, and from what waits for a release. */
export async function writeChangelog(): Promise<string> {
  const versions = new Map<string, string[]>();
  for (const path of globSync(["packages/*/CHANGELOG.md", "native/CHANGELOG.md"], { cwd: ROOT }).toSorted()) {
    const [title = "", ...sections] = (await readFile(join(ROOT, path), "utf8")).split(/^## /m);
    const name = title.replace(/^# /, "").trim();
    for (const section of sections) {
      const [version = "", ...lines] = section.split("\n");
      const body = lines.join("\n").replaceAll(/^###/gm, "####").trim();
      const entries = versions.get(version.trim()) ?? [];
      if (body !== "") entries.push(`### ${name}\n\n${body}`);
      versions.set(version.trim(), entries);
    }
  }
  const released = [...versions].map(([version, entries]) => `## ${version}\n\n${entries.join("\n\n")}`);
  const page = ["# Changelog", "All packages share one version.", await nextRelease(), ...released];
  return page.filter(Boolean).join("\n\n").concat("\n");
}

async function nextRelease(): Promise<string> {
  const folder = join(ROOT, ".changeset");
  if (!existsSync(folder)) return "";
  const paths = globSync("*.md", { cwd: folder })
    .filter((name) => name !== "README.md")
    .toSorted();
  const changes = await Promise.all(
    paths.map(async (name) =>
      (await readFile(join(folder, name), "utf8")).replace(/^---[\s\S]*?^---\s*/m, ""),
    ),
  );
  if (changes.length === 0) return "## Next release\n\nNo change waits for a release.";
  return `## Next release\n\n${changes.map((text) => `- ${text.trim().replaceAll("\n", "\n  ")}`).join("\n")}`;
}
