import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, claimsOf, openStage, type Run, type Stage } from "../stage.ts";
import { isInstalled } from "./installed.ts";

const DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798";
const resources = [
  { uri: `api://${DEVOPS}`, appId: DEVOPS, name: "Azure DevOps", scopes: ["user_impersonation"] },
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ resources });
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.runIf(isInstalled("git"))("git as it is", () => {
  test("fills a credential by it", async () => {
    const command = `!'${process.execPath}' '${BIN}' credential-helper git`;
    const git = async (input: string): Promise<Run> =>
      stage.run(
        "git",
        [
          "-c",
          "credential.helper=",
          "-c",
          `credential.https://dev.azure.com.helper=${command}`,
          "credential",
          "fill",
        ],
        { input, env: { GIT_TERMINAL_PROMPT: "0" } },
      );
    const filled = attributes(
      (await git("protocol=https\nhost=dev.azure.com\npath=contoso/_git/app\n\n")).out,
    );
    expect(filled["username"]).toBe(stage.emulator.defaults.account.username);
    expect(String(claimsOf(filled["password"] ?? "")["aud"])).toContain(DEVOPS);
    expect((await git("protocol=https\nhost=github.com\n\n")).code).not.toBe(0);
  });
});

/** What git's protocol says, by name. */
function attributes(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .trim()
      .split("\n")
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
}
