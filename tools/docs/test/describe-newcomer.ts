import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { presentGuides } from "../src/assemble-pages.ts";
import { serveSite, type ServedSite } from "../src/serve-site.ts";
import { DIST } from "../src/site-folders.ts";

// Set CHROME_PATH where Chromium is elsewhere.
const executablePath = process.env.CHROME_PATH ?? "/usr/bin/chromium";
if (!existsSync(executablePath)) console.warn(`Skipped: there is no browser at ${executablePath}.`);

const DEVICES = [
  ["a screen", { width: 1280, height: 900 }],
  ["a phone", { width: 390, height: 844 }],
] as const;

/** What somebody who comes to the built site for the first time finds in a real browser, and how soon. */
export function describeNewcomer(): void {
  describe.skipIf(!existsSync(executablePath))("a newcomer", { timeout: 240_000 }, () => {
    let site: ServedSite;
    let browser: Browser;
    beforeAll(async () => {
      [site, browser] = await Promise.all([
        serveSite(DIST),
        chromium.launch({ executablePath, args: ["--no-sandbox"] }),
      ]);
    }, 240_000);
    afterAll(async () => {
      await browser?.close();
      await site?.[Symbol.asyncDispose]();
    });

    /** Somebody who begins at the first page, and counts the clicks. */
    async function visitor(viewport: { readonly width: number; readonly height: number }) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      let clicks = 0;
      const begin = async (): Promise<void> => {
        clicks = 0;
        await page.goto(site.url);
      };
      await begin();
      return {
        page,
        clicks: () => clicks,
        begin,
        /** Clicks a link in the page itself, not in a menu. */
        async click(name: string | RegExp): Promise<void> {
          clicks += 1;
          await page
            .getByRole("main")
            .or(page.locator(".VPHome, .VPDoc"))
            .getByRole("link", { name })
            .first()
            .click();
        },
        [Symbol.asyncDispose]: () => context.close(),
      };
    }

    /** Ends when a heading is in sight. */
    async function see(page: Page, heading: string | RegExp): Promise<void> {
      const found = page.getByRole("heading", { name: heading }).first();
      await found.waitFor();
      const handle = await found.elementHandle();
      await page.waitForFunction(
        `(heading) => { const { top } = heading.getBoundingClientRect(); return top >= 0 && top < innerHeight; }`,
        handle,
      );
    }

    describe.each(DEVICES)("at %s", (_device, viewport) => {
      test("sees how to install without a click", async () => {
        await using visit = await visitor(viewport);
        await visit.page.getByText("npm install @entrada/core").first().waitFor();
        expect(visit.clicks()).toBe(0);
      });

      test("finds install and the first sign-in with one click", async () => {
        await using visit = await visitor(viewport);
        await visit.click("Install and first sign-in");
        await see(visit.page, /^Getting started/);
        await visit.page.getByText("npm install @entrada/core").first().waitFor();
        await visit.page.getByText("new InteractiveBrowserCredential(").first().waitFor();
        expect(visit.clicks()).toBe(1);
      });

      test(
        "finds the answer to each of the ten most common errors with two clicks",
        { timeout: 300_000 },
        async () => {
          await using visit = await visitor(viewport);
          await visit.click("Ten common errors");
          await see(visit.page, /^Ten common errors/);
          const table = visit.page.locator(".vp-doc table").first();
          const answers = await table.getByRole("link").allInnerTexts();
          expect(answers).toHaveLength(10);

          for (const [at, answer] of answers.entries()) {
            await visit.begin();
            await visit.click("Ten common errors");
            await visit.click(answer);
            await see(visit.page, new RegExp(`^${at + 1}\\. `));
            expect(visit.clicks()).toBe(2);
          }
        },
      );

      test("can read every page without scrolling sideways", { timeout: 300_000 }, async () => {
        await using visit = await visitor(viewport);
        const tooWide: string[] = [];
        for (const { route } of [{ route: "index" }, ...presentGuides(), { route: "changelog" }]) {
          await visit.page.goto(`${site.url}${route}.html`, { waitUntil: "load" });
          const overflow = await visit.page.evaluate("document.documentElement.scrollWidth - innerWidth");
          if (Number(overflow) > 0) tooWide.push(`${route}: ${String(overflow)} px`);
        }
        expect(tooWide).toEqual([]);
      });
    });
  });
}
