import { startEmulator } from "@entrada/emulator";
import { expect, test } from "vitest";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { InteractiveBrowserCredential } from "./interactive-browser-credential.ts";

const ARM = "https://management.azure.com/.default";

test("a window that nobody needs any more, since the person has signed in at another one, says so", async () => {
  await using emulator = await startEmulator();
  emulator.trust();
  // A store that has no turns for those who ask: with them the other would wait for the first.
  const { withPromptLock: _, ...tokenCache } = memoryTokenCache();
  const { authorityHost } = emulator;
  let shown!: (url: string) => void;
  const page = new Promise<string>((resolve) => (shown = resolve));
  // Two handles on one store, as two processes have them: their credentials share nothing else.
  const waiting = new InteractiveBrowserCredential({
    authorityHost,
    tokenCache: { ...tokenCache },
    openBrowser: (url) => shown(url),
  });
  const call = waiting.getToken(ARM);
  const url = await page;
  const other = new InteractiveBrowserCredential({
    authorityHost,
    tokenCache: { ...tokenCache },
    openBrowser: (at, context) => emulator.person.openBrowser(at, context),
  });
  await other.getToken(ARM);
  expect((await call).token).not.toBe("");

  const redirect = new URL(url).searchParams.get("redirect_uri")!;
  const late = await fetch(redirect, { headers: { "accept-language": "en" } });
  expect(await late.text()).toContain("already");
});
