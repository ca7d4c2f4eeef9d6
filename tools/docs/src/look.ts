// Takes pictures of the built site as a phone and as a screen show it, light and dark: node src/look.ts <folder>
import { createServer } from "node:http";
import { createReadStream, existsSync, mkdirSync } from "node:fs";
import { extname, join } from "node:path";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import { DIST } from "./site-folders.ts";

const PAGES = [
  "index",
  "guides/getting-started",
  "guides/troubleshooting",
  "guides/migration",
  "guides/errors",
];
const REFERENCE = "reference/@entrada/core/classes/InteractiveBrowserCredential";
const WIDTHS = { phone: 390, screen: 1280 };
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

const folder = process.argv[2] ?? join(DIST, "../.cache/pictures");
mkdirSync(folder, { recursive: true });

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
  const file = join(DIST, path.endsWith("/") ? `${path}index.html` : path);
  if (!file.startsWith(DIST) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let tooWide = 0;
for (const [device, width] of Object.entries(WIDTHS)) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    for (const path of [...PAGES, REFERENCE]) {
      await page.goto(`http://127.0.0.1:${port}/${path}.html`, { waitUntil: "networkidle" });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      if (Number(overflow) > 0) {
        tooWide++;
        console.error(`${path} is ${String(overflow)} px too wide on a ${device}`);
      }
      const name = `${path.split("/").at(-1)}-${device}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, name), fullPage: device === "screen" && path === "index" });
    }
    await context.close();
  }
}
await browser.close();
server.close();
console.log(`Pictures are in ${folder}`);
process.exitCode = tooWide === 0 ? 0 : 1;
