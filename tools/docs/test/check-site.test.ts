import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkSite } from "../src/check-site.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "entrada-site-"));
  await mkdir(join(folder, "guides"));
  await writeFile(
    join(folder, "guides/start.html"),
    `<h1 id="start">Start</h1><a href="../index.html">Home</a>`,
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function faultsOf(home: string, base = "/"): Promise<readonly string[]> {
  await writeFile(join(folder, "index.html"), home);
  return (await checkSite(folder, base)).faults;
}

describe("checkSite", () => {
  test("is content with links and anchors that are there, and with links to other hosts", async () => {
    const home = `<a href="/guides/start.html#start">a</a><a href="guides/start.html">b</a><a href="https://example.com/">c</a>`;

    expect(await faultsOf(home)).toEqual([]);
    expect((await checkSite(folder, "/")).links).toBe(3);
  });

  test("understands a site that is served below a path", async () => {
    expect(await faultsOf(`<a href="/docs/guides/start.html">a</a>`, "/docs/")).toEqual([]);
  });

  test("finds a page that is not there", async () => {
    expect(await faultsOf(`<a class="x" href="/guides/end.html">a</a>`)).toEqual([
      "index.html: links to /guides/end.html, which is not there",
    ]);
  });

  test("finds an anchor that is not there", async () => {
    expect(await faultsOf(`<a href="/guides/start.html#end">a</a>`)).toEqual([
      "index.html: links to /guides/start.html#end, which has no such anchor",
    ]);
  });

  test("finds what a page loads from elsewhere, and pictures that are not there", async () => {
    const home = `<script src="https://cdn.example/x.js"></script><link rel="stylesheet" href="//fonts.example/y.css"><img alt="" src="/z.png">`;

    expect(await faultsOf(home)).toEqual([
      "index.html: loads https://cdn.example/x.js",
      "index.html: loads //fonts.example/y.css",
      "index.html: loads /z.png, which is not there",
    ]);
  });

  test("finds what a style sheet loads from elsewhere", async () => {
    await writeFile(join(folder, "site.css"), `@font-face { src: url("https://fonts.example/a.woff2") }`);

    expect(await faultsOf("")).toEqual(["site.css: loads https://fonts.example/a.woff2"]);
  });
});
