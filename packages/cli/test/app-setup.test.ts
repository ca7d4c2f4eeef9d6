import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTerminal, CTRL_C, hasPseudoTerminal } from "./pseudo-terminal.ts";
import { openStage, type Run, type Stage } from "./stage.ts";

const CONTOSO = "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10";
const bare = { allowPublicClientFlows: false, tenantId: CONTOSO };
const ids = {
  empty: "11111111-0000-4000-8000-00000000000a",
  web: "11111111-0000-4000-8000-00000000000b",
  asked: "11111111-0000-4000-8000-00000000000c",
  absent: "11111111-0000-4000-8000-00000000000d",
};
const broker = (id: string): string => `ms-appx-web://Microsoft.AAD.BrokerPlugin/${id}`;
const LINUX_BROKER = "https://login.microsoftonline.com/common/oauth2/nativeclient";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    applications: [
      { ...bare, clientId: ids.empty, name: "Empty" },
      {
        ...bare,
        clientId: ids.web,
        name: "Web",
        webRedirectUris: ["http://localhost", "https://app.example"],
      },
      { ...bare, clientId: ids.asked, name: "Asked", redirectUris: ["myapp://auth"] },
    ],
  });
  await stage.signIn("--scope", "https://graph.microsoft.com/Application.ReadWrite.All");
});
afterAll(() => stage[Symbol.asyncDispose]());

const setUp = (...args: readonly string[]): Promise<Run> => stage.entrada(["app-setup", ...args]);

/** Answers the question at a terminal, and returns what stood there. */
function answering(
  answer: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly shown: string }> {
  let asked = false;
  return atTerminal(stage, ["app-setup", ...args], {
    onShown(text, press) {
      if (asked || !text.includes("[y/N]")) return;
      asked = true;
      press(answer);
    },
  });
}

describe.runIf(process.platform === "linux")("entrada app-setup", () => {
  test("says what the registration needs, and the command that sets it", async () => {
    const { out, code } = await setUp(ids.empty);
    expect(code).toBe(0);
    for (const uri of ["http://localhost", broker(ids.empty), LINUX_BROKER]) expect(out).toContain(uri);
    expect(out).toContain("Allow public client flows");
    expect(out).toContain(
      `az ad app update --id ${ids.empty} --public-client-redirect-uris http://localhost `,
    );
    const browser = JSON.parse(
      (await setUp(ids.empty.toUpperCase(), "--for", "browser", "--json")).out,
    ) as object;
    expect(browser).toEqual({
      clientId: ids.empty,
      uris: [{ uri: "http://localhost", reason: "the browser, at any port" }],
      publicClientFlows: false,
      az: `az ad app update --id ${ids.empty} --public-client-redirect-uris http://localhost`,
    });
    const code2 = JSON.parse((await setUp(ids.empty, "--for", "device-code", "--json")).out) as object;
    expect(code2).toMatchObject({ uris: [], publicClientFlows: true });
  });

  test("makes what is missing, and nothing twice", async () => {
    const first = await setUp(ids.empty, "--apply", "--yes", "--json");
    expect(first.err).toContain("+ Mobile and desktop applications: http://localhost\n");
    expect(first.err).toContain("+ Allow public client flows: Yes\n");
    expect([first.code, JSON.parse(first.out)]).toEqual([0, { changed: true }]);
    const again = await setUp(ids.empty, "--apply", "--yes", "--json");
    expect([again.code, JSON.parse(again.out)]).toEqual([0, { changed: false }]);
    expect((await stage.entrada(["doctor", "--client-id", ids.empty])).code).toBe(0);
  });

  test("moves a URI that stands under another platform, and keeps the others", async () => {
    const { err } = await setUp(ids.web, "--apply", "--yes", "--for", "browser");
    expect(err).toContain("- Web: http://localhost\n");
    expect(err).not.toContain("app.example");
    const again = await setUp(ids.web, "--apply", "--yes", "--for", "browser");
    expect(again.err).toContain("nothing is missing");
  });

  test.runIf(hasPseudoTerminal)("changes nothing without a yes", async () => {
    expect(await setUp(ids.asked, "--apply")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--yes") as string,
    });
    for (const no of ["n\n", "\n", "\u0004"]) {
      const { code, shown } = await answering(no, ids.asked, "--apply");
      expect([no, code, shown.includes("Nothing was changed.")]).toEqual([no, 0, true]);
    }
    const interrupted = await answering(CTRL_C, ids.asked, "--apply");
    expect([interrupted.code, interrupted.shown.includes("Interrupted")]).toEqual([130, true]);
    const yes = await answering("y\n", ids.asked, "--apply");
    expect([yes.code, yes.shown.includes("Changed.")]).toEqual([0, true]);
  });

  test("says what it cannot do", async () => {
    expect((await setUp("my-app")).code).toBe(2);
    expect((await setUp(ids.empty, "--for", "fax")).code).toBe(2);
    expect(await setUp(ids.absent, "--apply", "--yes")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no app registration") as string,
    });
    const nobody = await setUp(ids.empty, "--apply", "--yes", "-p", "nobody", "--unencrypted-cache");
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining("entrada login")]);
  });
});
