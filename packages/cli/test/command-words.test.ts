import { obstacleWords } from "@entrada/core/surroundings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unavailableWords } from "../../broker/src/availability/broker-unavailable-reason.ts";
import { WITHOUT_KEYRING } from "../../cache/src/keys/no-keyring.ts";
import { toldTexts } from "../../../tools/docs/test/told-texts.ts";
import { COMMAND_WORDS, inCommandWords } from "../src/command-words.ts";
import { openStage, type Stage } from "./stage.ts";

/** Names of options and classes, as the library's developers write them. */
const LIBRARY_NAME = /\b(?!macOS)[a-z]+[A-Z]\w*|\b[A-Z]\w+Credential\b|`\w+`/;
/** They lead to other libraries, which this command does not use. */
const OF_OTHERS = /AzurePipelinesCredential of @azure\/identity/;

const texts = toldTexts();
const ofPlans = texts.filter(({ file }) => file.startsWith("packages/auto/src/plan-"));

describe("what the library says of a place where nobody can sign in", () => {
  test.each([
    ...Object.entries({ ...obstacleWords(), ...unavailableWords() }).map(
      ([name, { what, remedy }]) => [name, `${what}. ${remedy}.`] as const,
    ),
    ["no keyring", WITHOUT_KEYRING] as const,
    ...ofPlans.map(({ text }) => [text.slice(0, 30), text] as const),
  ])("has no name of the library in it for a person at this command: %s", (_, text) => {
    expect(inCommandWords(` ${text}`).replace(OF_OTHERS, "")).not.toMatch(LIBRARY_NAME);
  });

  test("is what it was when its words were put into this command's", () => {
    const said = [
      ...texts.map(({ text }) => text),
      ...Object.values({ ...obstacleWords(), ...unavailableWords() }).map(({ remedy }) => remedy),
      WITHOUT_KEYRING,
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
