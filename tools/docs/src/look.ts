// Takes pictures of the built site as a phone and as a screen show it, light and dark: node src/look.ts <folder>
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { presentGuides } from "./assemble-pages.ts";
import { serveSite } from "./serve-site.ts";
import { DIST } from "./site-folders.ts";

const REFERENCE = "reference/@entrada/core/classes/InteractiveBrowserCredential";
const WIDTHS = { phone: 390, screen: 1280 };

const folder = process.argv[2] ?? join(DIST, "../.cache/pictures");
mkdirSync(folder, { recursive: true });
await using site = await serveSite(DIST);
await using browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const [device, width] of Object.entries(WIDTHS)) {
  for (const colorScheme of ["light", "dark"] as const) {
    await using context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    for (const path of ["index", ...presentGuides().map(({ route }) => route), REFERENCE]) {
      await page.goto(`${site.url}${path}.html`, { waitUntil: "networkidle" });
      const name = `${path.split("/").at(-1)}-${device}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, name), fullPage: path === "index" });
    }
  }
}
console.log(`Pictures are in ${folder}`);
