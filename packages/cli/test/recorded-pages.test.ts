import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createProgram } from "../src/program.ts";
import { DOCS, recordPage } from "./recorded-page.ts";

// To write what the commands print now into the pages: ENTRADA_RECORD=1 npx vitest run --project cli recorded-pages
const PAGES = globSync("command-line*.md", { cwd: DOCS }).toSorted();

test.runIf(process.platform === "linux").each(PAGES)(
  "docs/%s shows what the command prints",
  async (name) => {
    const page = await recordPage(name);
    if (process.env["ENTRADA_RECORD"] === "1") page.save();
    else expect(page.recorded).toBe(page.written);
  },
);

test("each command has a page, which shows what can be set", () => {
  const program = createProgram({ program: { version: "", file: "" } } as never, () => {});
  const names = program
    .createHelp()
    .visibleCommands(program)
    .map((command) => command.name())
    .filter((name) => name !== "help");
  expect(PAGES).toEqual(["command-line.md", ...names.map((name) => `command-line-${name}.md`)].toSorted());
  for (const name of names) {
    expect(readFileSync(new URL(`command-line-${name}.md`, DOCS), "utf8")).toContain(
      `$ entrada ${name} --help\nUsage: entrada ${name} `,
    );
  }
});
