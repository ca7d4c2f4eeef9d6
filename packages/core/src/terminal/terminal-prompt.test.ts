import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import { canLink, terminalLink } from "./terminal-link.ts";
import { showsPrompts } from "./shown-prompts.ts";
import { terminalPrompt } from "./terminal-prompt.ts";
import { type TerminalVoice, TerminalWriter } from "./terminal-writer.ts";

const URL = "https://login.example.test/authorize?state=x";
const START = new Date(2026, 0, 1, 14, 27, 0).getTime();
const prompt: AuthenticationEvent = {
  type: "prompt",
  flow: "browser",
  url: URL,
  expiresOn: new Date(START + 300_000),
  applicationName: "Contoso Backup",
};
const done: AuthenticationEvent = {
  type: "done",
  flow: "browser",
  scopes: [],
  interactive: true,
  username: "ada@contoso.com",
};
const unavailable: AuthenticationEvent = {
  type: "browser_unavailable",
  flow: "browser",
  url: URL,
  error: new Error("x"),
};
const failed = (code: "timeout" | "user_cancelled" | "service"): AuthenticationEvent => ({
  type: "failed",
  flow: "browser",
  error: new AuthenticationError({ code, what: "x" }),
});
const waiting: AuthenticationEvent = { type: "waiting", flow: "browser", seconds: 5 };

/** What is written of these events, each at a time in minutes after the prompt. */
function written(
  voice: TerminalVoice,
  ...events: readonly (AuthenticationEvent | [AuthenticationEvent, number])[]
): string {
  let text = "";
  let minutes = 0;
  const stream = new Writable({ write: (chunk, _encoding, end) => ((text += String(chunk)), end()) });
  const writer = new TerminalWriter({ stream, voice, env: {}, now: () => START + minutes * 60_000 });
  for (const each of events) {
    const [event, at] = Array.isArray(each) ? each : [each, minutes];
    minutes = at;
    writer.show(event);
  }
  return text;
}

describe("a person at a terminal", () => {
  test("is told for what, where to look, the address, the time left and the end", () => {
    expect(written("everything", prompt, done)).toBe(
      `To sign in to Contoso Backup, look at your browser. If no page has opened there, open
${URL}
The sign-in waits until 14:32 (5 minutes).
Signed in as ada@contoso.com.
`,
    );
  });

  test.each([
    [300_000, "5 minutes"],
    [60_000, "1 minute"],
    [59_400, "1 minute"],
    [45_000, "less than a minute"],
    [2000, "less than a minute"],
    [0, "less than a minute"],
  ])("has %i ms left, and is told: %s", (left, words) => {
    const expiresOn = new Date(START + left);
    for (const asked of [{}, { userCode: "ABCD1234X" }])
      expect(written("everything", { ...prompt, ...asked, expiresOn })).toContain(` (${words}).\n`);
  });

  test("gets a device code alone on its line", () => {
    const text = written("everything", { ...prompt, userCode: "ABCD1234X" }, done);
    expect(text.split("\n")).toContain("ABCD1234X");
    expect(text.split("\n")).toContain(URL);
    expect(text).toContain("The code works until 14:32 (5 minutes).");
  });

  test("hears once a minute how much time is left", () => {
    const ticks = Array.from({ length: 60 }, (_, index): [AuthenticationEvent, number] => [
      waiting,
      (index + 1) / 12,
    ]);
    const text = written("everything", prompt, ...ticks);
    expect(text.split("\n").filter((line) => line.startsWith("Still"))).toEqual([
      "Still waiting for the sign-in: 4 minutes left.",
      "Still waiting for the sign-in: 3 minutes left.",
      "Still waiting for the sign-in: 2 minutes left.",
      "Still waiting for the sign-in: 1 minute left.",
    ]);
  });

  test.each([
    ["timeout", "not completed in time"],
    ["user_cancelled", "was cancelled"],
    ["service", "did not succeed"],
  ] as const)("hears how it ended: %s", (code, words) => {
    expect(written("everything", prompt, failed(code))).toContain(words);
  });

  test("hears nothing where nothing was asked", () => {
    expect(written("everything", { ...done, interactive: false }, failed("service"), waiting)).toBe("");
    expect(written("trouble", prompt, waiting, done)).toBe("");
    expect(written("afterwards", prompt)).toBe("");
    expect(written("afterwards", prompt, done)).toBe("Signed in as ada@contoso.com.\n");
  });

  test("is shown the address once when the browser could not be opened", () => {
    for (const voice of ["everything", "trouble"] as const) {
      const text = written(voice, prompt, unavailable, { ...unavailable });
      expect(text.split(URL)).toHaveLength(2);
      expect(text).toContain("The browser could not be opened.");
    }
    expect(written("trouble", prompt, unavailable, done)).toMatch(/Signed in as ada@contoso\.com\.\n$/);
  });

  test("hears of the warnings that a person can do something about, and of no others", () => {
    const warning = (code: string): AuthenticationEvent => ({
      type: "warning",
      flow: "browser",
      code,
      message: code,
    });
    expect(written("everything", prompt, warning("browser_used_https"))).toContain("browser_used_https");
    expect(written("everything", prompt, warning("clock_skew"))).not.toContain("clock_skew");
  });

  test("is shown nothing that a terminal acts upon", () => {
    const odd = { ...prompt, applicationName: "A\u001b[31m\u0007B\nC", url: `${URL}\u001b]0;x\u0007` };
    const text = written("everything", odd, { ...done, username: "a\u001b[2Jb\r\nc" });
    expect(text.replaceAll("\n", "")).toMatch(/^[\u0020-\u007e]*$/);
    expect(text.split("\n")).toHaveLength(5);
  });
});

describe("terminalPrompt()", () => {
  test.each(["x", 5, null, {}, { write() {} }, []])("refuses %o as a stream", (stream) => {
    expect(() => terminalPrompt({ stream: stream as never })).toThrow(
      expect.objectContaining({
        name: "TypeError",
        code: expect.stringMatching(/^ERR_INVALID_ARG_/) as string,
        message: expect.stringMatching(/"stream" must be a stream .*process\.stdout/) as string,
      }),
    );
  });

  test("writes to the stream that it is given, in order, also what came while it was loaded", async () => {
    let text = "";
    const end = new Promise<void>((resolve) => {
      const stream = new Writable({
        write(chunk, _encoding, next) {
          text += String(chunk);
          next();
          if (text.includes("Signed in")) resolve();
        },
      });
      const handler = terminalPrompt({ stream });
      expect(showsPrompts(handler)).toBe(true);
      expect(showsPrompts(() => {})).toBe(false);
      handler({ type: "silent_hit", flow: "browser", source: "memory", scopes: [] });
      handler({ ...prompt });
      handler(done);
    });
    await end;
    expect(text).toMatch(/^To sign in to Contoso Backup[^]*Signed in as ada@contoso\.com\.\n$/);
  });

  test.each([
    ["that is full", new Writable({ write: (_chunk, _encoding, end) => end(new Error("ENOSPC")) })],
    [
      "that throws",
      {
        isTTY: true,
        on() {},
        removeListener() {},
        write() {
          throw new Error("EPIPE");
        },
      } as never,
    ],
    ["that has ended", new Writable({ write: (_c, _e, end) => end() }).end()],
  ])("ends nothing on a stream %s", async (_name, stream: Writable) => {
    const handler = terminalPrompt({ stream });
    handler(prompt);
    await import("./terminal-writer.ts");
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => handler(done)).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe("a link in a terminal", () => {
  test.each<readonly [boolean, Record<string, string>]>([
    [true, { TERM_PROGRAM: "vscode", TERM: "xterm-256color" }],
    [true, { TERM_PROGRAM: "iTerm.app" }],
    [true, { WT_SESSION: "x" }],
    [true, { VTE_VERSION: "7200", TERM: "xterm-256color" }],
    [true, { TERM: "xterm-kitty" }],
    [false, {}],
    [false, { TERM: "xterm-256color" }],
    [false, { VTE_VERSION: "4803" }],
    [false, { VTE_VERSION: "x" }],
    [false, { TERM: "dumb", WT_SESSION: "x" }],
    [false, { TMUX: "/tmp/x", TERM_PROGRAM: "vscode" }],
    [false, { CI: "true", WT_SESSION: "x" }],
  ])("%s for %j", (can, env) => {
    expect(canLink(env)).toBe(can);
  });

  test("is OSC 8 around the whole address", () => {
    expect(terminalLink(URL)).toBe(`\u001b]8;;${URL}\u001b\\${URL}\u001b]8;;\u001b\\`);
  });
});
