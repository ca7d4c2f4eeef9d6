import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorFault } from "@entrada/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTerminal, CTRL_C, hasPseudoTerminal, type AtTerminal } from "./pseudo-terminal.ts";
import { BIN, openStage, type Stage } from "./stage.ts";

const APPLICATION = "11111111-2222-3333-4444-555555555555";
const AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    applications: [
      { clientId: APPLICATION, name: "Backup", tenantId: "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10" },
    ],
    resources: [{ uri: `api://${AKS}`, appId: AKS, name: "Kubernetes", scopes: ["user.read"] }],
  });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Before each group: its last command signs out, and a sign-in is the person's at this client, whatever the profile. */
const signIn = async (): Promise<void> => {
  await stage.signIn("--scope", "https://graph.microsoft.com/Application.ReadWrite.All");
};

/** A server over SSH: the surroundings of all commands here. */
const HERE = {
  SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22",
  DBUS_SESSION_BUS_ADDRESS: "",
  XDG_RUNTIME_DIR: "",
  // As kubectl says that there is a terminal.
  KUBERNETES_EXEC_INFO: JSON.stringify({
    apiVersion: "client.authentication.k8s.io/v1",
    kind: "ExecCredential",
    spec: { interactive: true },
  }),
};

interface Command {
  readonly args: readonly string[];
  /** On standard output. Without it nothing is written there. */
  readonly result?: RegExp;
  /** On standard error. Without it nothing is written there. */
  readonly words?: RegExp;
  /** The exit code where the result cannot be written. @defaultValue 2 */
  readonly unwritten?: number;
  /** The exit code where nobody can read the words: a person would wait in vain. */
  readonly unread?: Readonly<Record<"closed" | "full", number>>;
}

// In this order: the last one ends the sign-in.
const COMMANDS: Readonly<Record<string, Command>> = {
  login: {
    args: ["login", "--device-code", "--unencrypted-cache", "--profile", "spare"],
    words: /Signed in as ada@contoso\.example\.\r?\n/,
    unread: { closed: 3, full: 3 },
  },
  token: { args: ["token", "--output", "status"], result: /"valid": true/ },
  accounts: { args: ["accounts"], result: /^\* ada@contoso\.example /m },
  // It finds that nobody can be asked where standard error is closed.
  doctor: { args: ["doctor"], result: /Nothing is wrong\.|Found: 1/, unread: { closed: 1, full: 0 } },
  explain: { args: ["explain", "AADSTS7000218"], result: /Allow public client flows/ },
  "app-setup": { args: ["app-setup", APPLICATION], result: /App registration/ },
  // What its program ends with.
  run: { args: ["run", "--", "sh", "-c", "echo ran || exit 7"], result: /^ran\r?$/m, unwritten: 7 },
  "credential-helper": { args: ["credential-helper", "kubectl"], result: /"kind":"ExecCredential"/ },
  completion: { args: ["completion", "bash"], result: /^complete /m },
  logout: {
    args: ["logout", "--profile", "spare"],
    words: /(?:Signed out: ada@contoso\.example|Nobody was signed in)\.\r?\n/,
  },
};
const TRACE = /\n {4}at |node:internal|Unhandled|UncaughtException/;
const OF_RICH_TERMINALS = "\u001b";

interface Place extends AtTerminal {
  /** What does not reach the terminal, and why. */
  readonly hides?: "results" | "words";
  readonly how?: "closed" | "full";
  readonly isPlain?: true;
}

const PLACES: readonly (readonly [name: string, place: Place])[] = [
  ["a terminal", {}],
  ["40 columns", { columns: 40 }],
  ["TERM=dumb", { env: { TERM: "dumb" }, isPlain: true }],
  ["NO_COLOR", { env: { NO_COLOR: "1" }, isPlain: true }],
  ["no HOME", { env: { HOME: "" } }],
  ["standard input closed", { redirect: "<&-" }],
  ["standard output closed", { redirect: ">&-", hides: "results", how: "closed" }],
  ["standard output on a full device", { redirect: ">/dev/full", hides: "results", how: "full" }],
  ["standard error closed", { redirect: "2>&-", hides: "words", how: "closed" }],
  ["standard error on a full device", { redirect: "2>/dev/full", hides: "words", how: "full" }],
];

describe.runIf(process.platform === "linux" && hasPseudoTerminal)("at a terminal", () => {
  describe.each(PLACES)("%s", (_, place) => {
    beforeAll(signIn);

    test.each(Object.entries(COMMANDS))("entrada %s", async (_name, command) => {
      const { result, words } = command;
      const { hides, isPlain = false } = place;
      const { code, shown } = await atTerminal(stage, command.args, {
        ...place,
        env: { ...HERE, ...place.env },
        onShown: stage.answerCodes(),
      });
      expect([code, shown]).toEqual([exitCode(command, place), expect.not.stringMatching(TRACE)]);
      if (result) expect(result.test(shown)).toBe(hides !== "results");
      if (words) expect(words.test(shown)).toBe(hides !== "words");
      if (isPlain) expect(shown).not.toContain(OF_RICH_TERMINALS);
    });
  });
});

function exitCode({ result, unwritten = 2, unread }: Command, { hides, how }: Place): number {
  if (how === undefined) return 0;
  if (hides === "words") return unread?.[how] ?? 0;
  // A script would go on with an empty file.
  return how === "full" && result !== undefined ? unwritten : 0;
}

describe.runIf(process.platform === "linux")("with both outputs piped", () => {
  beforeAll(signIn);

  test.each(Object.entries(COMMANDS))("entrada %s", async (_, { args, result, words }) => {
    const { code, out, err } = await stage.entrada(args, { env: HERE, onErr: stage.answerCodes() });
    expect(code).toBe(0);
    for (const [text, expected] of [
      [out, result],
      [err, words],
    ] as const) {
      if (expected) expect(text).toMatch(expected);
      else expect(text).toBe("");
      expect(text).not.toContain(OF_RICH_TERMINALS);
    }
  });
});

describe.runIf(process.platform === "linux")("by a link in a folder with spaces, as npm makes one", () => {
  beforeAll(signIn);

  test.each(Object.entries(COMMANDS))("entrada %s", async (name, command) => {
    const folder = join(stage.home, `my programs for ${name}`);
    const link = join(folder, "entrada");
    mkdirSync(folder);
    symlinkSync(BIN, link);
    const { code, out, err } = await stage.run(process.execPath, [link, ...command.args], {
      env: HERE,
      onErr: stage.answerCodes(),
    });
    expect([code, `${out}${err}`]).toEqual([0, expect.stringMatching(command.result ?? command.words ?? "")]);
  });
});

/** Where a command waits for long: until its text is there, or for an answer that trickles in. */
type Wait = { readonly shown: RegExp } | { readonly on: EmulatorFault["on"] };

const CODE = /^[A-Z0-9]{8,9}\r?$/m;
const SPARE = ["--unencrypted-cache", "--profile", "nobody"];
const WAITS: readonly (readonly [name: string, args: readonly string[], wait: Wait, end: RegExp])[] = [
  ["login, for the authority", ["login", "--device-code", ...SPARE], { on: "devicecode" }, /Interrupted/],
  ["login, for the person", ["login", "--device-code", ...SPARE], { shown: CODE }, /Interrupted/],
  ["login --remote, for an address", ["login", "--remote", ...SPARE], { shown: /Address: / }, /Interrupted/],
  [
    "token, for the authority",
    ["token", "-s", "https://graph.microsoft.com/.default"],
    { on: "refresh" },
    /Interrupted/,
  ],
  ["doctor, for the authority", ["doctor"], { on: "discovery" }, /Interrupted/],
  ["app-setup, for Graph", ["app-setup", APPLICATION, "--apply"], { on: "graph" }, /Interrupted/],
  [
    "credential-helper, for the authority",
    ["credential-helper", "kubectl", "--server-id", "https://vault.azure.net"],
    { on: "refresh" },
    /Interrupted/,
  ],
  [
    "credential-helper, for the person",
    ["credential-helper", "kubectl", ...SPARE],
    { shown: /Address: / },
    /Interrupted/,
  ],
  ["run, for its program", ["run", "--", "sh", "-c", "echo ready; read word"], { shown: /^ready/m }, /ready/],
];

describe.runIf(process.platform === "linux" && hasPseudoTerminal)("Ctrl-C while it waits ends", () => {
  beforeAll(signIn);

  test.each(WAITS)("entrada %s", async (_, args, wait, end) => {
    let hasPressed = false;
    const { code, shown } = await atTerminal(stage, args, {
      env: HERE,
      onBegun(press) {
        if ("shown" in wait) return;
        const mutate: EmulatorFault["mutate"] = (answer) => {
          press(CTRL_C);
          return answer;
        };
        stage.emulator.script({ on: wait.on, drip: 60_000, mutate });
      },
      onShown(text, press) {
        if (!("shown" in wait) || hasPressed || !wait.shown.test(text)) return;
        hasPressed = true;
        press(CTRL_C);
      },
    });
    expect([code, shown]).toEqual([130, expect.stringMatching(end)]);
    expect(shown).not.toMatch(TRACE);
  });
});
