import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startAzurite } from "../../../../examples/demo/azurite.ts";
import { claimsOf, jsonLines, openStage, type Stage } from "../stage.ts";

const ARM = "https://management.azure.com";
const VAULT = "https://vault.azure.net";
const programs = fileURLToPath(new URL("../programs/", import.meta.url));

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.runIf(process.platform === "linux")("the Azure SDK for JavaScript as it is", () => {
  test.each(["default", "managed"])("gets tokens from entrada run: %s", async (kind) => {
    const { out, err, code } = await stage.runNode(
      ["--verbose"],
      join(programs, "sdk-token.mjs"),
      kind,
      `${ARM}/.default`,
      `${VAULT}/.default`,
    );
    const [arm, vault] = jsonLines(out);
    expect([
      code,
      claimsOf(String(arm?.["token"]))["aud"],
      claimsOf(String(vault?.["token"]))["aud"],
    ]).toEqual([0, ARM, VAULT]);
    const until = Number(claimsOf(String(arm?.["token"]))["exp"]) * 1000;
    expect(Math.abs(Number(arm?.["expiresOnTimestamp"]) - until)).toBeLessThanOrEqual(1000);
    expect(err).toContain(`A token for ${ARM} (identity endpoint)`);
    expect(err).not.toContain(String(arm?.["token"]));
  });

  test("gets tokens from the stand-in for az", async () => {
    const shims = join(stage.home, "shims for node");
    expect((await stage.entrada(["token", "--az-shim", shims])).code).toBe(0);
    const { code, out } = await stage.run(
      process.execPath,
      [join(programs, "sdk-token.mjs"), "az", `${ARM}/.default`],
      { env: { PATH: `${shims}${delimiter}${process.env["PATH"]}` } },
    );
    const [answer] = jsonLines(out);
    expect([code, claimsOf(String(answer?.["token"]))["aud"]]).toEqual([0, ARM]);
  });

  test("lists subscriptions and the containers of a storage account", async () => {
    await using azurite = await startAzurite(await stage.emulator.issueServerCertificate());
    const { code, out, err } = await stage.runNode(
      ["--verbose"],
      join(programs, "list-azure.mjs"),
      stage.emulator.armEndpoint,
      azurite.accountUrl,
    );
    expect([code, jsonLines(out)]).toEqual([
      0,
      [{ subscriptions: ["Contoso Production", "Contoso Development"], containers: ["made-here"] }],
    ]);
    expect(err).toContain("https://storage.azure.com");
  });
});
