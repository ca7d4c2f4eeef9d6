import { existsSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { listen, STATE, type TestListener } from "../../test/loopback/listen.ts";

const executablePath = [process.env["CHROME_PATH"], "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);
// Set it to docs/images to renew the pictures there.
const pictures = process.env["ENTRADA_PICTURES"];
if (executablePath === undefined) console.warn("Skipped: no Chromium was found. CHROME_PATH names one.");

describe.skipIf(executablePath === undefined)("a real browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
  }, 240_000);
  afterAll(async () => browser.close());

  interface Tab {
    readonly page: Page;
    /** What the browser complained about, such as a blocked style. */
    readonly complaints: string[];
  }

  async function openTab(width = 1280, colorScheme: "light" | "dark" = "light"): Promise<Tab> {
    const context = await browser.newContext({
      viewport: { width, height: width < 600 ? 700 : 620 },
      colorScheme,
    });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    return { page, complaints };
  }

  /** A page of another origin that posts `parameters` to the listener by itself, as the authority does. */
  async function authorityPage(
    test: TestListener,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string> {
    const fields = Object.entries(parameters).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
    );
    const html = `<!doctype html><title>Authority</title><form method="post" action="${test.listener.redirectUri}">${fields.join("")}</form><script>document.forms[0].submit()</script>`;
    const server = createServer((_request, response) =>
      response.setHeader("Content-Type", "text/html").end(html),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as { port: number }).port}/authorize`;
  }

  it("brings the answer by form post, waits, and then shows that the sign-in is complete", async () => {
    const test = await listen();
    const { page, complaints } = await openTab();
    await page.goto(await authorityPage(test, { code: "from-chromium", state: STATE }), {
      waitUntil: "commit",
    });
    const response = await test.answer;
    expect(response.code).toBe("from-chromium");
    const complete = page.waitForFunction('document.title === "Sign-in complete"');
    await response.finish({ ok: true });
    await complete;
    await test.listener.close();

    expect(page.url()).toBe(`${test.listener.redirectUri}/`);
    expect(await page.getByRole("status").getByRole("heading", { level: 1 }).textContent()).toBe(
      "Sign-in complete",
    );
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H1");
    // The style came through the policy: the card has its own colour.
    expect(await page.evaluate('getComputedStyle(document.querySelector("main")).backgroundColor')).toBe(
      "rgb(255, 255, 255)",
    );
    expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, "sign-in-complete.png") });
  });

  it("shows why the sign-in failed, and runs nothing of what it is told", async () => {
    const test = await listen();
    const { page, complaints } = await openTab();
    const details =
      "AADSTS65004: User declined to consent to access the app.&#13;&#10;Trace ID: 0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9&#13;&#10;Timestamp: 2026-11-23 15:39:47Z";
    await page.goto(
      await authorityPage(test, { error: "access_denied", error_description: details, state: STATE }),
      { waitUntil: "commit" },
    );
    await expect(test.answer).rejects.toMatchObject({ code: "access_denied", aadsts: 65004 });
    await page.waitForFunction('document.title === "Sign-in was refused"');
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, "sign-in-failed.png") });

    const hostile = await listen();
    const script = "&lt;script&gt;document.title=1&lt;/script&gt;&lt;img src=x onerror=document.title=2&gt;";
    await page.goto(
      await authorityPage(hostile, { error: "access_denied", error_description: script, state: STATE }),
      { waitUntil: "commit" },
    );
    await page.waitForFunction('document.title === "Sign-in was refused"');
    await hostile.listener.close();
    expect(await page.locator(".details p").textContent()).toBe(
      "<script>document.title=1</script><img src=x onerror=document.title=2>",
    );
    expect(await page.locator("img, script").count()).toBe(0);
    expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
  });

  it("takes a code that came in the URL out of the address bar", async () => {
    const test = await listen();
    const { page } = await openTab();
    const going = page.goto(`${test.listener.redirectUri}/?code=in-the-url&state=${STATE}`);
    await expect(test.answer).rejects.toMatchObject({ detail: "response_mode_mismatch" });
    await Promise.all([test.listener.close(), going]);
    expect(page.url()).toBe(`${test.listener.redirectUri}/done`);
    expect(await page.title()).toBe("Sign-in was stopped");
  });

  it.each([
    [390, "light"],
    [390, "dark"],
    [1280, "light"],
    [1280, "dark"],
  ] as const)("fits the page into %i pixels in the %s scheme", async (width, colorScheme) => {
    const test = await listen();
    const { page } = await openTab(width, colorScheme);
    await page.goto(test.listener.redirectUri);
    const root = "document.documentElement";
    expect(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
      colorScheme === "light" ? "rgb(243, 245, 248)" : "rgb(15, 20, 27)",
    );
  });
});
