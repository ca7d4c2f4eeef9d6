import { obstacleWords } from "@entrada/core/surroundings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unavailableWords } from "../../broker/src/availability/broker-unavailable-reason.ts";
import { withoutKeyring } from "../../cache/src/keys/no-keyring.ts";
import { CODE_NOT_USED } from "../../core/src/refusals/on-the-page.ts";
import { toldTexts } from "../../../tools/docs/test/told-texts.ts";
import { COMMAND_WORDS, inCommandWords } from "../src/command-words.ts";
import { openStage, type Stage } from "./stage.ts";

/** Names of options and classes, as the library's developers write them. */
const LIBRARY_NAME = /\b(?!macOS)[a-z]+[A-Z]\w*|\b[A-Z]\w+Credential\b|`\w+`/;
/** Names that lead elsewhere: to a library that this command does not use, and into files of systemd, Docker and kubectl. */
const OF_OTHERS =
  /AzurePipelinesCredential of @azure\/identity|`LoadCredential=[^`]*`|"credHelpers"|apiVersion: /;
/** An option of the library's; those of this command begin with two hyphens. */
const LIBRARY_OPTION = /\boptions? (?!"?--)/;
/** What no command can make the library say: where it stands, what it is about, and why. */
const NEVER_SAID: readonly (readonly [place: string, about: RegExp, why: string])[] = [
  ["packages/broker/src/plugin/", /./, "the plugin of msal-node, which no command has"],
  ["packages/broker/src/flow/silent-only-flow.ts", /./, "no command forbids the broker to ask"],
  ["packages/cache/src/redis/", /./, "no command keeps tokens in Redis"],
  ["packages/cache/src/sealed/sealed-changes.ts", /`withLock`/, "the engine holds the lock"],
  ["packages/core/src/cache/blob/blob-records.ts", /`withLock`/, "the engine holds the lock"],
  ["packages/core/src/cache/blob/blob-document.ts", /`read`/, "the command's own cache gives bytes"],
  ["packages/core/src/engine/token-call.ts", /proofOfPossession/, "no command asks for it"],
  ["packages/core/src/errors/unknown-option.ts", /./, "the commands' own options are known"],
  ["packages/core/src/errors/invalid-option.ts", /./, "the name is put in later: see the runs below"],
  ["packages/core/src/loopback/authorization-error.ts", /"prompt"/, "no command sets prompt"],
  ["packages/device-code/src/code-trouble.ts", /userPromptCallback/, "the commands' own returns at once"],
];

const texts = toldTexts();
const ofPlans = texts.filter(({ file }) => file.startsWith("packages/auto/src/plan-"));

type Words = ReturnType<typeof obstacleWords>[keyof ReturnType<typeof obstacleWords>];

describe("what the library says of a place where nobody can sign in", () => {
  test.each([
    ...[obstacleWords(), unavailableWords()]
      .flatMap(Object.entries<Words>)
      .map(([name, { what, remedy }]) => [name, `${what}. ${remedy}.`] as const),
    ["no keyring", withoutKeyring("Start a keyring")] as const,
    ...ofPlans.map(({ text }) => [text.slice(0, 30), text] as const),
  ])("has no name of the library in it for a person at this command: %s", (_, text) => {
    expect(inCommandWords(` ${text}`).replace(OF_OTHERS, "")).not.toMatch(LIBRARY_NAME);
  });

  const OF_PACKAGES = /^packages\/(?:core|auto|broker|cache|device-code|cli)\//;
  const isNeverSaid = ({ file, text }: (typeof texts)[number]): boolean =>
    NEVER_SAID.some(([place, about]) => file.startsWith(place) && about.test(text));
  const reachable = texts.filter((each) => OF_PACKAGES.test(each.file) && !isNeverSaid(each));

  test("names no option and no class of the library, whatever is said", () => {
    expect(reachable.length).toBeGreaterThan(300);
    const strange = reachable
      .map(({ file, text }) => ({ file, told: inCommandWords(` ${text}`).replace(OF_OTHERS, "") }))
      .filter(({ told }) => LIBRARY_NAME.test(told) || LIBRARY_OPTION.test(told));
    expect(strange).toEqual([]);
  });

  test("of what is never said, each is there and would name one", () => {
    const needless = NEVER_SAID.filter(
      ([place, about]) =>
        !texts.some(
          ({ file, text }) =>
            file.startsWith(place) &&
            about.test(text) &&
            (LIBRARY_NAME.test(inCommandWords(` ${text}`)) ||
              LIBRARY_OPTION.test(inCommandWords(` ${text}`))),
        ),
    );
    expect(needless).toEqual([]);
  });

  test("is what it was when its words were put into this command's", () => {
    const said = [
      ...texts.map(({ text }) => text),
      ...[obstacleWords(), unavailableWords()].flatMap(Object.values<Words>).map(({ remedy }) => remedy),
      withoutKeyring("Start a keyring"),
      CODE_NOT_USED,
      ...["broker", "browser", "device-code"].flatMap(leftOut),
    ];
    const gone = COMMAND_WORDS.filter(([library]) => !said.some((text) => text.includes(library)));
    expect(gone).toEqual([]);
  });
});

/** The words for a way that the caller has left out, behind others'. */
function leftOut(flow: string): readonly string[] {
  const text = ofPlans.find((each) => each.text.startsWith("This way is left out by"))?.text ?? "";
  // What stands between the pieces of a template is left out there.
  return [` ${text.replace("  . ", " the option signIn. ").replace('" "', `"${flow}"`)}`];
}

describe.runIf(process.platform === "linux")("a person at the command", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  const SSH = { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22", DISPLAY: "" };
  const ALONE = { DBUS_SESSION_BUS_ADDRESS: "", XDG_RUNTIME_DIR: "" };
  test.each([
    ["login --remote without a terminal", ["login", "--remote", "--unencrypted-cache"], ALONE],
    ["login over SSH without a terminal", ["login", "--unencrypted-cache"], { ...ALONE, ...SSH }],
    ["login without a screen", ["login", "--unencrypted-cache"], { ...ALONE, DISPLAY: "" }],
    ["login without a keyring", ["login", "--device-code"], ALONE],
    ["login for a tenant that is none", ["login", "--tenant", "a b", "--unencrypted-cache"], ALONE],
    [
      "login at an authority that is none",
      ["login", "--authority-host", "nowhere", "--unencrypted-cache"],
      ALONE,
    ],
    ["explain over SSH", ["explain"], { ...ALONE, ...SSH }],
    ["explain without a screen", ["explain"], { ...ALONE, DISPLAY: "" }],
    ["doctor in a CI job", ["doctor"], { ...ALONE, CI: "true" }],
    ["doctor over SSH", ["doctor"], { ...ALONE, ...SSH }],
  ])("is told nothing in the library's names: %s", async (_, args, env) => {
    for (const form of args[0] === "login" ? [[], ["--json"]] : [[]]) {
      const { out, err } = await stage.entrada([...args, ...form], { env });
      const said = `${out}${err}`.replaceAll(/^\{"error":\{.*?"message":/gm, "").replace(OF_OTHERS, "");
      expect(said).not.toMatch(LIBRARY_NAME);
    }
  });
});
