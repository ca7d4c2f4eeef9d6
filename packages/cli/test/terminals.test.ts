import { encode } from "uqr";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInElsewhere } from "./other-computer.ts";
import { atTerminal, CTRL_C, hasPseudoTerminal, type AtTerminal } from "./pseudo-terminal.ts";
import { openStage, type Stage } from "./stage.ts";

const CODE = /^[A-Z0-9]{8,9}\r?$/m;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

interface Terminal extends Pick<AtTerminal, "env" | "columns" | "redirect"> {
  /** Pressed when the code is there. */
  readonly press?: string;
}

/** Signs in by a code at a pseudo-terminal, and returns what stood there. */
function login({ press, ...terminal }: Terminal): Promise<{
  readonly code: number;
  readonly shown: string;
}> {
  const answer = stage.answerCodes();
  let pressed = false;
  return atTerminal(stage, ["login", "--device-code", "--unencrypted-cache"], {
    ...terminal,
    onShown(text, pressing) {
      if (press === undefined) return answer(text);
      if (pressed || !CODE.test(text)) return;
      pressed = true;
      pressing(press);
    },
  });
}

interface Expected {
  readonly code: number;
  /** Whether the picture is there. */
  readonly picture: boolean;
  /** Whether there is anything that only some terminals understand. */
  readonly plain: boolean;
}

const done = { code: 0, picture: true, plain: false } as const;
const plain = { code: 0, picture: false, plain: true } as const;

const TABLE: readonly (readonly [name: string, terminal: Terminal, expected: Expected])[] = [
  ["a terminal", {}, done],
  ["40 columns", { columns: 40 }, done],
  ["30 columns, in which the picture has no room", { columns: 30 }, plain],
  ["a terminal without the characters of the picture", { env: { LC_ALL: "C" } }, plain],
  ["NO_COLOR", { env: { NO_COLOR: "1" } }, plain],
  ["TERM=dumb", { env: { TERM: "dumb" } }, plain],
  ["standard output closed", { redirect: ">&-" }, done],
  ["standard output on a full device", { redirect: ">/dev/full" }, done],
  ["standard input closed", { redirect: "<&-" }, done],
  ["no HOME", { env: { HOME: "" } }, done],
  ["Ctrl-C at the code", { press: CTRL_C }, { ...done, code: 130 }],
];

describe.runIf(process.platform === "linux" && hasPseudoTerminal)("a sign-in by code at", () => {
  test.each(TABLE)("%s", async (_, terminal, expected) => {
    const { code, shown } = await login(terminal);
    expect({
      code,
      picture: shown.includes("\u001b[97;40m"),
      plain: !shown.includes("\u001b"),
    }).toEqual(expected);
    // The code stands alone on its line, so that it can be copied and read out.
    expect(shown).toMatch(CODE);
    expect(shown).toContain(`${stage.emulator.authorityHost}/devicelogin`);
    expect(shown).toContain("only if you started this sign-in yourself");
    expect(shown).toMatch(
      code === 0 ? /Signed in as ada@contoso\.example\.\r\n$/ : /Interrupted\. Nothing was changed\.\r\n$/,
    );
    expect(shown).not.toMatch(/\n {4}at |node:internal/);
    // What was switched on is switched off again: colours, links, and nothing hides the cursor.
    expect(shown).not.toContain("\u001b[?25l");
    expect(shown.split("\u001b[97;40m").length).toBe(shown.split("\u001b[0m").length);
  });

  test("a terminal that makes links, as a link", async () => {
    const { shown } = await login({ env: { TERM_PROGRAM: "vscode" } });
    expect(shown).toContain(`\u001b]8;;${stage.emulator.authorityHost}/devicelogin\u001b\\`);
  });

  test("a standard error that nobody can read, ends at once and says so by its exit code", async () => {
    for (const redirect of ["2>/dev/full", "2>&-"]) {
      const { code, shown } = await login({ redirect });
      expect([redirect, code, shown]).toEqual([redirect, 3, ""]);
    }
  });

  test("a terminal, with a picture of the page's address and of nothing else", async () => {
    const { shown } = await login({});
    const rows = shown
      .split("\r\n")
      .filter((line) => line.startsWith("\u001b[97;40m"))
      .map((line) => line.slice("\u001b[97;40m".length, -"\u001b[0m".length));
    // Each character is two modules, one above the other; the light ones are drawn.
    const drawn = rows.flatMap((row) => [
      Array.from(row).map((block) => block === " " || block === "\u2584"),
      Array.from(row).map((block) => block === " " || block === "\u2580"),
    ]);
    const { data, size } = encode(`${stage.emulator.authorityHost}/devicelogin`, { ecc: "L", border: 2 });
    expect(drawn.slice(0, size)).toEqual(data);
  });
});

describe.runIf(process.platform === "linux" && hasPseudoTerminal)("a sign-in by pasting at", () => {
  const SSH = { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" };

  /** Signs in with the browser of another computer, and returns what stood at the terminal of this one. */
  async function pasting(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    answer: (address: string) => string,
  ): Promise<{ readonly code: number; readonly shown: string; readonly address: string }> {
    let address: Promise<string> | undefined;
    const words = ["login", "--unencrypted-cache", "--profile", "remote", ...args];
    const { code, shown } = await atTerminal(stage, words, {
      env,
      onShown(text, press) {
        const [, page] = /^(https:\S+\/authorize\S+)\r$/m.exec(text) ?? [];
        if (page === undefined || address !== undefined || !text.includes("Address: ")) return;
        address = signInElsewhere(page, stage.emulator);
        address.then(
          (found) => press(answer(found)),
          () => press(CTRL_C),
        );
      },
    });
    return { code, shown, address: (await address) ?? "" };
  }

  const paste = (address: string): string => `\u001b[200~${address}\u001b[201~\r`;

  test.each([
    ["the end of an SSH connection", [], SSH],
    ["the end of an SSH connection, asked for", ["--remote"], SSH],
    ["this machine, asked for", ["--remote"], { DISPLAY: ":0" }],
    ["this machine, with a browser that is not to be opened", ["--remote", "--no-browser"], {}],
  ] as const)("%s", async (_, args, env) => {
    const { code, shown, address } = await pasting(args, env, paste);
    expect([code, shown]).toEqual([0, expect.stringContaining("Signed in as ada@contoso.example.")]);
    // What is pasted holds the code.
    expect(shown).not.toContain(new URL(address).searchParams.get("code"));
    expect(shown.split("\u001b[?2004h").length).toBe(shown.split("\u001b[?2004l").length);
  });

  test("a terminal whose person presses Ctrl-C", async () => {
    const { code, shown } = await pasting(["--remote"], SSH, () => CTRL_C);
    expect([code, shown]).toEqual([130, expect.stringMatching(/Interrupted\. Nothing was changed\.\r\n$/)]);
  });

  test("a terminal where BROWSER names nothing: that is told, and the answer is pasted", async () => {
    const { code, shown } = await pasting([], { ...SSH, BROWSER: "/opt/none/browser" }, paste);
    expect(code).toBe(0);
    expect(shown).toMatch(/BROWSER is set to "\/opt\/none\/browser", and .* was not found: .*Address: /s);
  });

  test("no terminal ends at once, and so do two ways at once", async () => {
    const away = await stage.entrada(["login", "--remote", "--unencrypted-cache", "--profile", "remote"]);
    expect([away.code, away.err]).toEqual([3, expect.stringContaining("cannot be pasted here")]);
    expect((await stage.entrada(["login", "--remote", "--device-code"])).code).toBe(2);
  });
});
