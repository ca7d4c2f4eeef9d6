import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimsOf, openStage, type Run, type Stage } from "../stage.ts";
import { isInstalled } from "./installed.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Runs the real Azure CLI below the agent, with a folder of its own and a cloud that is the emulator. */
function az(script: string): Promise<Run> {
  return stage.entrada(["run", "--", "sh", "-ec", script], {
    env: {
      APPSETTING_WEBSITE_SITE_NAME: "entrada",
      REQUESTS_CA_BUNDLE: join(stage.home, "ca.pem"),
      AZURE_CONFIG_DIR: join(stage.home, "azure"),
      AZURE_CORE_COLLECT_TELEMETRY: "0",
    },
  });
}

describe.runIf(isInstalled("az", "version"))("the Azure CLI as it is", () => {
  test("signs in by the agent, lists the person's subscriptions, and gets tokens", async () => {
    const { authorityHost, defaults } = stage.emulator;
    const endpoints = [
      `--endpoint-resource-manager ${authorityHost}`,
      `--endpoint-management ${authorityHost}`,
      `--endpoint-active-directory ${authorityHost}`,
      "--endpoint-active-directory-resource-id https://management.azure.com/",
      "--endpoint-active-directory-graph-resource-id https://graph.microsoft.com",
    ];
    const { code, out } = await az(`
az cloud register --name Emulator ${endpoints.join(" ")} --only-show-errors
az cloud set --name Emulator --only-show-errors
az login --identity --only-show-errors --query [].name --output json
az account get-access-token --resource https://vault.azure.net --query accessToken --output tsv`);
    const token = out.trim().split("\n").at(-1) ?? "";
    expect([code, JSON.parse(out.slice(0, out.indexOf("]") + 1))]).toEqual([
      0,
      ["Contoso Production", "Contoso Development"],
    ]);
    expect(claimsOf(token)).toMatchObject({ aud: "https://vault.azure.net", upn: defaults.account.username });
  }, 180_000);
});
