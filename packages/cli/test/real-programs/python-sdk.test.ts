import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimsOf, jsonLines, openStage, type Stage } from "../stage.ts";
import { isInstalled } from "./installed.ts";

// The one that Debian's packages are for.
const PYTHON = "/usr/bin/python3";
const ARM = "https://management.azure.com";
const program = fileURLToPath(new URL("../programs/sdk_token.py", import.meta.url));

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.runIf(isInstalled(PYTHON, "-c", "import azure.identity"))(
  "azure-identity of Python as it is",
  () => {
    test("gets tokens from entrada run", async () => {
      const { out, code } = await stage.entrada(["run", "--", PYTHON, program, `${ARM}/.default`], {
        env: { HTTP_PROXY: "http://127.0.0.1:1", http_proxy: "http://127.0.0.1:1" },
      });
      const tokens = jsonLines(out).map(({ token }) => claimsOf(String(token))["aud"]);
      expect([code, tokens]).toEqual([0, [ARM, ARM]]);
    });

    test("gets tokens from the stand-in for az", async () => {
      const shims = join(stage.home, "shims for python");
      expect((await stage.entrada(["token", "--az-shim", shims])).code).toBe(0);
      const script = `from azure.identity import AzureCliCredential; print(AzureCliCredential().get_token("${ARM}/.default").token)`;
      const { code, out } = await stage.run(PYTHON, ["-c", script], {
        env: { PATH: `${shims}${delimiter}${process.env["PATH"]}` },
      });
      expect([code, claimsOf(out)["aud"]]).toEqual([0, ARM]);
    });
  },
);
