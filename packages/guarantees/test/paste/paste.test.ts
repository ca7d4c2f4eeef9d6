import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FormPerson } from "../form-person.ts";
import { BUN, hasTerminals, runInTerminal, type InTerminal } from "./in-terminal.ts";

/** A person at another computer signs in to a program at the end of an SSH connection, which has no port for it. */
const SSH = { SSH_CONNECTION: "10.0.0.1 50000 10.0.0.2 22" };
const PASTE = (text: string): string => `\u001b[200~${text}\u001b[201~`;

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "entrada-paste-"));
  writeFileSync(join(folder, "ca.pem"), emulator.certificateAuthority);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulator[Symbol.asyncDispose]();
});

const core = import.meta.resolve("@entrada/core");

/** Runs a program with a credential `c`, which says how it ends. */
function signIn(work: string, options = "", env: NodeJS.ProcessEnv = SSH): InTerminal {
  const program = `
    import { InteractiveBrowserCredential } from ${JSON.stringify(core)};
    const c = new InteractiveBrowserCredential({ authorityHost: ${JSON.stringify(emulator.authorityHost)}, ${options} });
    ${work}`;
  return runInTerminal(program, { NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"), ...env });
}

const GET_TOKEN = `
  const scope = "https://management.azure.com/.default";
  const say = (text) => console.log("program says " + text + ".");
  await c.getToken(scope).then(({ token }) => say(typeof token), (e) => say(e.code + " " + e.detail));`;

/** A program that reads a line of its own beside the sign-in. */
const READS_BESIDE = `
  let heard = "";
  process.stdin.setEncoding("utf8").on("data", (text) => (heard += text));
  await c.getToken("https://management.azure.com/.default");
  console.log("program says next?");
  await new Promise((resolve) => process.stdin.once("data", resolve));
  process.stdin.pause();
  console.log("program says " + JSON.stringify(heard) + ".");`;

/** The person pastes for the sign-in, then answers the program, which has heard only that. */
async function answersBoth(terminal: InTerminal): Promise<void> {
  terminal.type(PASTE(await goThrough(await pageOf(terminal))));
  await terminal.until(/program says next\?/);
  terminal.type("yes\n");
  await terminal.until(/program says "yes\\n"\./);
}

async function pageOf(terminal: InTerminal): Promise<string> {
  const [, url = ""] = await terminal.until(/(https:\/\/localhost:\S+\/authorize\S+)/);
  await terminal.until(/Address: /);
  return url;
}

/** The address at which the browser of the person's own computer ends. */
function goThrough(url: string): Promise<string> {
  return new FormPerson(emulator.certificateAuthority, {}, false).open(url);
}

describe.skipIf(!hasTerminals)("at a terminal over SSH", () => {
  test("the person is shown the page, and pastes the address at which it ends", async () => {
    const terminal = signIn(GET_TOKEN);
    const url = await pageOf(terminal);
    expect(new URL(url).searchParams.get("response_mode")).toBe("query");
    const address = await goThrough(url);
    terminal.type(PASTE(address));
    await terminal.until(/Signed in as .*program says string\./s);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
    for (const secret of ["code", "state", "session_state"])
      expect(terminal.shown.split(new URL(address).searchParams.get(secret)!).length).toBe(
        secret === "state" ? 2 : 1,
      );
  });

  test.each([
    ["typed, with an Enter", (address: string) => `${address}\r`],
    ["pasted, and an Enter after it", (address: string) => `${PASTE(address)}\r`],
    ["with what a mail program puts around it", (address: string) => PASTE(`  <${address}>\r\n`)],
    ["broken into lines", (address: string) => PASTE(address.replaceAll(/.{40}/g, "$&\r\n"))],
    [
      "broken into lines, where nothing marks a paste",
      (address: string) => `${address.replaceAll(/.{40}/g, "$&\r")}\r`,
    ],
    ["without http://", (address: string) => PASTE(address.slice("http://".length))],
    ["only what is behind the question mark", (address: string) => PASTE(new URL(address).search.slice(1))],
    ["with the question mark", (address: string) => PASTE(new URL(address).search)],
    ["the code alone", (address: string) => PASTE(new URL(address).searchParams.get("code")!)],
    ["with marks that the terminal took for text", (address: string) => `[200~${address}[201~\r`],
    ["as a page is written", (address: string) => PASTE(address.replaceAll("&", "&amp;"))],
    ["the code as it stands in the address", (address: string) => PASTE(/code=([^&]+)/.exec(address)![1]!)],
    ["in pieces, as a slow line brings it", (address: string) => PASTE(address)],
  ])("takes it %s", async (name, form) => {
    const terminal = signIn(GET_TOKEN);
    const text = form(await goThrough(await pageOf(terminal)));
    const size = name.startsWith("in pieces") ? 7 : text.length;
    for (let at = 0; at < text.length; at += size) terminal.type(text.slice(at, at + size));
    await terminal.until(/program says string\./);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });

  test("what is wrong is refused with a word, and the question stays open", async () => {
    const terminal = signIn(GET_TOKEN);
    const url = await pageOf(terminal);
    const other = signIn(GET_TOKEN);
    const theirs = await goThrough(await pageOf(other));
    const ours = await goThrough(url);
    const theirCode = new URL(theirs).searchParams.get("code")!;
    for (const [wrong, words] of [
      [theirs, /another page/],
      [ours.replace(/\?.*/, new URL(theirs).search), /another sign-in/],
      [theirCode, /did not take that code/],
      [ours.replace(/code=[^&]*/, `code=${theirCode}`), /did not take that code/],
      [url, /sign-in page/],
      [`${ours}&iss=${encodeURIComponent("https://evil.example/v2.0")}`, /another authority/],
    ] as const) {
      terminal.type(PASTE(wrong));
      await terminal.until(words);
      await terminal.until(/Address: /);
    }
    terminal.type(PASTE(ours));
    await terminal.until(/program says string\./);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
    other.type("\u0004");
    await other.until(/program says user_cancelled input_ended\./);
  });

  const ON_SIGNAL = (work: string): string => `process.on("SIGUSR2", () => ${work});`;
  test.each([
    ["the person ends the input", GET_TOKEN, "\u0004", /program says user_cancelled input_ended\./, 0],
    [
      "the program gives up",
      `const gaveUp = new AbortController();
      ${ON_SIGNAL("gaveUp.abort()")}
      await c.getToken("https://management.azure.com/.default", { abortSignal: gaveUp.signal })
        .catch((e) => console.log("program says " + e.name + "."));`,
      "SIGUSR2",
      /program says AbortError\./,
      0,
    ],
    ["Ctrl-C", GET_TOKEN, "\u0003", /exit/, 130],
    ["Ctrl-\\", GET_TOKEN, "\u001c", /exit/, 131],
    ["the program ends itself", ON_SIGNAL("process.exit(7)") + GET_TOKEN, "SIGUSR2", /exit/, 7],
    [
      "the program fails",
      `${ON_SIGNAL('{ throw new Error("It broke") }')}${GET_TOKEN}`,
      "SIGUSR2",
      /It broke/,
      1,
    ],
    ["somebody ends it", GET_TOKEN, "SIGTERM", /exit/, 143],
    ["the line is cut", GET_TOKEN, "SIGHUP", /exit/, 129],
    [
      "the program's own listener of the signal ends it",
      `process.once("SIGINT", () => { console.log("program says goodbye."); process.exit(5); });${GET_TOKEN}`,
      "\u0003",
      /program says goodbye\./,
      5,
    ],
  ] as const)("the terminal is as it was when %s", async (_, work, action, shown, code) => {
    const terminal = signIn(`console.log("pid:" + process.pid + ":"); ${work}`);
    const [, pid] = await terminal.until(/pid:(\d+):/);
    await terminal.until(/Address: /);
    if (action.startsWith("SIG")) process.kill(Number(pid), action as NodeJS.Signals);
    else terminal.type(action);
    await terminal.until(shown);
    expect(await terminal.end).toEqual({ code, restored: true });
  });

  test.each([
    ["Ctrl-C", "\u0003", /heard:INT/, 130],
    ["Ctrl-\\", "\u001c", /heard:QUIT/, 131],
  ] as const)(
    "%s ends what has started the program, too, as at any terminal",
    async (_, key, heard, code) => {
      const terminal = signIn(GET_TOKEN);
      await terminal.until(/Address: /);
      terminal.type(key);
      await terminal.until(heard);
      expect(await terminal.end).toEqual({ code, restored: true });
    },
  );

  test("the terminal is as it was when the time is over", async () => {
    const terminal = signIn(GET_TOKEN, "timeoutInMs: 1000");
    await terminal.until(/program says timeout/);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });

  test("an answer that was refused is told when the time is over, with nothing of it", async () => {
    const work = `await c.getToken("https://management.azure.com/.default")
      .catch((e) => console.log("program says " + e.code + " " + JSON.stringify(e.hint) + "."));`;
    const terminal = signIn(work, "timeoutInMs: 3000");
    await terminal.until(/Address: /);
    terminal.type(PASTE("http://localhost:1/?code=0.of-an-earlier-sign-in&state=theirs"));
    const [, hint] = await terminal.until(/program says timeout "([^"]*)/);
    expect(hint).toMatch(/^What was pasted last was refused: That is the address of another page/);
    expect(terminal.shown).not.toMatch(/earlier-sign-in|theirs/);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });

  test("a listener of the program that goes on finds the question still open", async () => {
    const terminal = signIn(`process.on("SIGINT", () => console.log("program says not now."));${GET_TOKEN}`);
    const url = await pageOf(terminal);
    terminal.type("\u0003");
    await terminal.until(/program says not now\./);
    await terminal.until(/Address: /);
    terminal.type(PASTE(await goThrough(url)));
    await terminal.until(/program says string\./);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });

  test("a browser that reaches this machine brings the answer by itself", async () => {
    const terminal = signIn(GET_TOKEN);
    const url = await pageOf(terminal);
    await new FormPerson(emulator.certificateAuthority, {}).open(url);
    await terminal.until(/program says string\./);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });

  test("two sign-ins at once ask one after the other", async () => {
    const terminal = signIn(`
      const d = new InteractiveBrowserCredential({ authorityHost: c.authorityHost ?? ${JSON.stringify(emulator.authorityHost)}, tenantId: "common", openBrowser: () => {}, answerBy: "paste" });
      const tokens = await Promise.all([c, d].map((each) => each.getToken("https://management.azure.com/.default")));
      console.log("program says " + tokens.length + ".");`);
    for (let count = 0; count < 2; count += 1) terminal.type(PASTE(await goThrough(await pageOf(terminal))));
    await terminal.until(/program says 2\./);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });

  test("what the program reads by itself is not disturbed, and hears nothing of the answer", async () => {
    const terminal = signIn(READS_BESIDE);
    await answersBoth(terminal);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });
});

describe.skipIf(!hasTerminals || BUN === undefined)("in Bun", () => {
  const IN_BUN = { ...SSH, NODE: BUN, MODULE: "" };

  test("the person pastes, what the program reads by itself is not disturbed, and the program ends", async () => {
    const terminal = signIn(READS_BESIDE, "", IN_BUN);
    await answersBoth(terminal);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });

  test.each([
    ["pastes", async (url: string) => PASTE(await goThrough(url)), /program says string\./],
    ["ends the input", () => Promise.resolve("\u0004"), /program says user_cancelled input_ended\./],
  ] as const)("the program ends once the person %s", async (_, keys, said) => {
    const terminal = signIn(GET_TOKEN, "", IN_BUN);
    terminal.type(await keys(await pageOf(terminal)));
    await terminal.until(said);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });
});

describe.skipIf(!hasTerminals)("where nobody can paste", () => {
  test("the browser credential says why, before anything is asked", async () => {
    const terminal = signIn(GET_TOKEN, 'answerBy: "paste"', { ...SSH, CI: "true" });
    await terminal.until(/program says browser_unavailable no_paste\./);
    expect(terminal.shown).not.toContain("Address:");
  });

  test("the terminal is left alone where the caller wants the browser to bring the answer", async () => {
    const terminal = signIn(GET_TOKEN, 'answerBy: "loopback"');
    await terminal.until(/program says browser_unavailable no_browser\./);
    expect(terminal.shown).not.toContain("Address:");
  });
});
