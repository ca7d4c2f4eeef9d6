import { describe, expect, test } from "vitest";
import { ARM, createCredential, startAuthority } from "./emulated-authority.ts";

describe.concurrent("an authority in trouble at a poll is asked again, twice as late, when it", () => {
  test.each([
    // Twice: on the kept connection and on the new one that is tried in its place.
    ["cuts the connection", { reset: true, times: 2 }],
    [
      "answers 502 with a page",
      { status: 502, body: "<h1>no</h1>", headers: { "content-type": "text/html" } },
    ],
    ["answers 503 with nothing", { status: 503, body: {} }],
    ["answers 429 and asks to wait", { retryAfter: 1 }],
  ])("%s", async (_, fault) => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    emulator.script({ on: "poll", ...fault });
    await credential.getToken(ARM);
    const polls = emulator.requests.filter(({ kind }) => kind === "poll");
    expect(polls.at(-1)!.time - polls.at(-2)!.time).toBeGreaterThanOrEqual(2000);
    expect(shown).toHaveLength(1);
  });
});
