import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { DIST, SITE } from "../src/site-folders.ts";
import { describeNewcomer } from "./describe-newcomer.ts";

// The whole site is built as it is published; the build itself follows every link and fails on a broken one.
beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(SITE, "src/build.ts")], {
    env: { ...process.env, DOCS_BASE: "/" },
    maxBuffer: 2 ** 26,
  });
}, 300_000);

function linksOn(page: string): readonly string[] {
  const html = readFileSync(join(DIST, page), "utf8");
  return [...html.matchAll(/<a\b[^>]*?\shref="\/?([^"]*)"/g)].map(([, link = ""]) => link);
}

function textOf(page: string): string {
  return readFileSync(join(DIST, page), "utf8").replaceAll(/<[^>]+>/g, "");
}

describe("the site", () => {
  test("shows how to install on the first page", () => {
    expect(textOf("index.html")).toContain("npm install @entrada/core");
  });

  test("has the first sign-in one click away", () => {
    expect(linksOn("index.html")).toContain("guides/getting-started.html");
    expect(textOf("guides/getting-started.html")).toContain("new InteractiveBrowserCredential(");
  });

  test("has each of the ten common errors two clicks away", () => {
    expect(linksOn("index.html")).toContain("guides/troubleshooting.html");
    const answers = linksOn("guides/troubleshooting.html").filter((link) => /^#(?:[1-9]|10)-/.test(link));
    const html = readFileSync(join(DIST, "guides/troubleshooting.html"), "utf8");

    expect(new Set(answers).size).toBe(10);
    for (const answer of answers) expect(html).toContain(` id="${answer.slice(1)}"`);
  });

  test("has a reference for what people import first", () => {
    const page = textOf("reference/@entrada/core/classes/InteractiveBrowserCredential.html");

    expect(page).toContain("authorization code with PKCE");
  });

  test("has the changelog one click away", () => {
    expect(linksOn("index.html")).toContain("changelog.html");
  });
});

describeNewcomer();
