import { existsSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startEmulator, type Emulator } from "../index.ts";
import { ARM, authorizePath, send, token } from "../../test/raw-client.ts";

// Set CHROME_PATH where Chromium is elsewhere. Without one these tests are skipped, and the run says so.
const executablePath = process.env["CHROME_PATH"] ?? "/usr/bin/chromium";
const poorContrasts = readFileSync(new URL("../../test/poor-contrasts.js", import.meta.url), "utf8");
const ASKS = "b1d5c0aa-31f8-4b0e-9a57-2f4c6d8e0a11";

describe.skipIf(!existsSync(executablePath))("in Chromium", () => {
  let emulator: Emulator;
  let browser: Browser;
  beforeAll(async () => {
    emulator = await startEmulator({
      applications: [
        { clientId: ASKS, name: "Harbour Tools", redirectUris: ["http://localhost"], consent: "required" },
      ],
    });
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    });
  });
  afterAll(async () => {
    await browser.close();
    await emulator[Symbol.asyncDispose]();
  });

  /** A page whose violations of its own policy, and whose requests elsewhere, are counted. */
  async function open(width = 1280): Promise<{ readonly page: Page; readonly faults: readonly string[] }> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width, height: 844 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) faults.push(message.text());
    });
    page.on("request", (request) => {
      if (!["localhost", "127.0.0.1"].includes(new URL(request.url()).hostname)) faults.push(request.url());
    });
    return { page, faults };
  }

  async function application() {
    const server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        response.setHeader("content-type", "text/html");
        response.end("<h1>Back at the application</h1>");
        if (incoming.method === "POST")
          server.emit("answer", new URLSearchParams(Buffer.concat(chunks).toString()));
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    return {
      redirectUri: `http://localhost:${(server.address() as AddressInfo).port}`,
      answer: once(server, "answer") as Promise<[URLSearchParams]>,
    };
  }

  test("a person signs in with the keyboard alone", async () => {
    const { page, faults } = await open();
    const { redirectUri, answer } = await application();
    await page.goto(
      emulator.authorityHost + authorizePath(emulator, { client_id: ASKS, redirect_uri: redirectUri }),
    );
    expect(await page.evaluate("document.activeElement.textContent.trim()")).toContain("Ada Byron");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Allow this application?" }).waitFor();
    expect(await page.textContent("section")).toContain("grace@contoso.example");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent.trim()")).toBe("Accept");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Back at the application" }).waitFor();
    const [fields] = await answer;
    expect(fields.get("state")).toBe("state-of-the-client");
    expect(fields.has("code")).toBe(true);
    expect(faults).toEqual([]);
  });

  test("declining by a click comes back to the application, by query too", async () => {
    const { page, faults } = await open();
    const { redirectUri } = await application();
    const path = authorizePath(emulator, { redirect_uri: redirectUri, response_mode: "query" });
    await page.goto(emulator.authorityHost + path);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("heading", { name: "Back at the application" }).waitFor();
    expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
    expect(faults).toEqual([]);
  });

  test("a device code is typed and approved", async () => {
    const { page, faults } = await open(390);
    const form = { client_id: emulator.defaults.clientId, scope: ARM };
    const { json } = await send(emulator, "/organizations/oauth2/v2.0/devicecode", { form });
    await page.goto(json["verification_uri"]);
    await page.getByRole("textbox", { name: "Code" }).fill("WRONG");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(json["user_code"]);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Ada Byron" }).click();
    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByRole("heading", { name: "You are signed in" }).waitFor();
    const answer = await token(emulator, { grant_type: "device_code", device_code: json["device_code"] });
    expect(answer.status).toBe(200);
    expect(faults).toEqual([]);
  });

  test.each([1280, 390, 320])("no page is wider than a window of %i", async (width) => {
    const { page } = await open(width);
    const bad = { redirect_uri: `https://${"a".repeat(80)}.example` };
    for (const path of [
      "/",
      "/devicelogin",
      "/error?code=50011",
      authorizePath(emulator),
      authorizePath(emulator, bad),
    ]) {
      await page.goto(emulator.authorityHost + path);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
  });

  test.each(["light", "dark"] as const)(
    "every text of the sign-in page is easy to read, %s",
    async (colorScheme) => {
      const { page } = await open();
      await page.emulateMedia({ colorScheme });
      await page.goto(emulator.authorityHost + authorizePath(emulator));
      expect(await page.evaluate(poorContrasts)).toEqual([]);
    },
  );
});
