import { existsSync } from "node:fs";
import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startLocalAzure, type LocalAzure } from "../demo/local-azure.ts";
import { runDemo } from "./run-demo.ts";
import { listWithBothClients } from "./list-with-both-clients.ts";

// Set CHROME_PATH where Chromium is elsewhere.
const executablePath = process.env["CHROME_PATH"] ?? "/usr/bin/chromium";
if (!existsSync(executablePath)) console.warn(`Skipped: there is no browser at ${executablePath}.`);

describe.skipIf(!existsSync(executablePath))(`in the browser ${executablePath}`, { timeout: 240_000 }, () => {
  let azure: LocalAzure;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    [azure, browser] = await Promise.all([
      startLocalAzure({ deviceCodeIntervalInS: 1 }),
      chromium.launch({ executablePath, args: ["--no-sandbox"] }),
    ]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await azure?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    // Each person has a browser without a session.
    context = await browser.newContext({ ignoreHTTPSErrors: true });
  });
  afterEach(() => context?.close());

  /** An opener that brings a page to the sign-in, and what came of that. */
  async function opener(visit: (page: Page) => Promise<void>) {
    const page = await context.newPage();
    let visited: Promise<void> | undefined;
    return {
      page,
      openBrowser: (url: string) => (visited ??= page.goto(url).then(() => visit(page))),
      visited: () => visited,
    };
  }

  async function choose(page: Page, name: string): Promise<void> {
    await page.getByRole("heading", { name: "Choose an account" }).waitFor();
    await page.getByRole("button", { name }).click();
  }

  test("a person signs in on the sign-in page, and both SDK clients list", async () => {
    const { page, openBrowser, visited } = await opener(async (page) => {
      await choose(page, "Ada Byron");
      await page.getByRole("heading", { name: "Sign-in complete" }).waitFor();
    });
    const { authorityHost } = azure.emulator;
    const credential = new InteractiveBrowserCredential({ authorityHost, openBrowser });

    const lists = await listWithBothClients(credential, azure);

    expect(lists).toEqual({
      subscriptions: ["Contoso Production", "Contoso Development"],
      containers: ["backups", "invoices", "photos"],
    });
    await visited();
    // Nothing of the answer is left in the address bar.
    expect(page.url()).toMatch(/^http:\/\/localhost:\d+\/$/);
    expect((await credential.accounts()).map(({ username }) => username)).toEqual(["ada@contoso.example"]);
  });

  test("a person who presses Cancel is told so, and the application by an error", async () => {
    const { openBrowser, visited } = await opener(async (page) => {
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("heading", { name: "Sign-in was cancelled" }).waitFor();
    });
    const { authorityHost } = azure.emulator;
    const credential = new InteractiveBrowserCredential({ authorityHost, openBrowser });

    await expect(credential.authenticate()).rejects.toMatchObject({ code: "user_cancelled" });
    await visited();
  });

  test("a person types the code on the device page, and both SDK clients list", async () => {
    const credential = new DeviceCodeCredential({
      authorityHost: azure.emulator.authorityHost,
      userPromptCallback: async ({ verificationUri, userCode }) => {
        const page = await context.newPage();
        await page.goto(verificationUri);
        await page.getByRole("textbox", { name: "Code" }).fill(userCode);
        await page.keyboard.press("Enter");
        await choose(page, "Grace Murray");
        await page.getByRole("button", { name: "Accept" }).click();
        await page.getByRole("heading", { name: "You are signed in" }).waitFor();
      },
    });

    const lists = await listWithBothClients(credential, azure);

    expect(lists.subscriptions).toEqual(["Contoso Production", "Contoso Development"]);
    expect(lists.containers).toEqual(["backups", "invoices", "photos"]);
    expect((await credential.accounts()).map(({ username }) => username)).toEqual(["grace@contoso.example"]);
  });

  test("a person who runs the demo is led through it", async () => {
    const page = await context.newPage();
    let visited: Promise<void> | undefined;
    const { code, stdout } = await runDemo([], {
      // Some browser is there; the person opens the address that the demo shows.
      env: { BROWSER: process.platform === "win32" ? "where.exe" : "true" },
      onOutput(stdout) {
        const url = /https:\S+\/authorize\?\S+(?=\n)/.exec(stdout)?.[0];
        if (url !== undefined) visited ??= page.goto(url).then(() => choose(page, "Mary Fairfax"));
      },
    });

    await visited;
    expect(code).toBe(0);
    expect(stdout).toContain("Signed in as mary@fabrikam.example.");
    expect(stdout).toContain("Fabrikam Shared");
    expect(stdout).toContain("    invoices\n");
  });
});
