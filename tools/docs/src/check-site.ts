import { readFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { join, posix } from "node:path";

export interface SiteCheck {
  readonly pages: number;
  readonly links: number;
  /** One line for each target that is not there and each resource of another host. */
  readonly faults: readonly string[];
}

/**
 * Follows every link of a built site, anchors included, and sees to it that pages load nothing from elsewhere.
 * @param folder - the site
 * @param base - the path under which it is served
 */
export async function checkSite(folder: string, base: string): Promise<SiteCheck> {
  const files = globSync("**/*", { cwd: folder }).map((path) => path.replaceAll("\\", "/"));
  const present = new Set(files);
  const pages = await Promise.all(
    files
      .filter((path) => path.endsWith(".html"))
      .map(async (path) => ({ path, html: await readFile(join(folder, path), "utf8") })),
  );
  const anchors = new Map(
    pages.map(({ path, html }) => [path, new Set(attributes(html, /\sid="([^"]*)"/g))]),
  );
  // What is wrong, and the pages where it is: a bad link of the side bar is on all of them.
  const faults = new Map<string, string[]>();
  const report = (fault: string, path: string): void => {
    faults.set(fault, [...(faults.get(fault) ?? []), path]);
  };
  let links = 0;
  for (const { path, html } of pages) {
    for (const resource of attributes(
      html,
      /<(?:script|img|link|source|iframe)\b[^>]*?\s(?:src|href)="([^"]*)"/g,
    )) {
      links++;
      if (/^(?:[a-z]+:)?\/\//i.test(resource)) report(`loads ${resource}`, path);
      else if (!resource.startsWith("data:") && !present.has(fileOf(resource, path, base)))
        report(`loads ${resource}, which is not there`, path);
    }
    for (const link of attributes(html, /<a\b[^>]*?\shref="([^"]*)"/g)) {
      if (/^[a-z]+:/i.test(link)) continue;
      links++;
      const target = fileOf(link, path, base);
      const anchor = decodeURIComponent(link.split("#")[1] ?? "");
      if (!present.has(target)) report(`links to ${link}, which is not there`, path);
      else if (anchor !== "" && !anchors.get(target)?.has(anchor))
        report(`links to ${link}, which has no such anchor`, path);
    }
  }
  for (const path of files.filter((name) => name.endsWith(".css"))) {
    const css = await readFile(join(folder, path), "utf8");
    for (const resource of attributes(css, /url\(\s*["']?((?:https?:)?\/\/[^"')]+)/g))
      report(`loads ${resource}`, path);
  }
  return { pages: pages.length, links, faults: [...faults].map(describeFault) };
}

function describeFault([fault, [first, ...others]]: readonly [string, readonly string[]]): string {
  return `${first}${others.length > 0 ? ` and ${others.length} more` : ""}: ${fault}`;
}

function attributes(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, value = ""]) => value.replaceAll("&amp;", "&"));
}

/** The file that a link of a page is answered with. */
function fileOf(link: string, page: string, base: string): string {
  const path = decodeURIComponent(link.split(/[?#]/)[0] ?? "");
  if (path === "") return page;
  const absolute = path.startsWith(base) ? path.slice(base.length) : posix.join(posix.dirname(page), path);
  const file = posix.normalize(absolute === "" ? "." : absolute);
  if (file === ".") return "index.html";
  return file.endsWith("/") ? `${file}index.html` : file;
}
