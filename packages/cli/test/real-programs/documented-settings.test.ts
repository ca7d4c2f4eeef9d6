import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, openStage, type Run, type Stage } from "../stage.ts";
import { isInstalled } from "./installed.ts";

const PAGE = readFileSync(
  new URL("../../../../docs/command-line-credential-helper.md", import.meta.url),
  "utf8",
);
const DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798";
const AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    resources: [
      { uri: `api://${DEVOPS}`, appId: DEVOPS, name: "Azure DevOps", scopes: ["user_impersonation"] },
      { uri: `api://${AKS}`, appId: AKS, name: "Azure Kubernetes Service", scopes: ["user.read"] },
    ],
  });
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Runs what the page says under a heading, on a machine of its own on which `entrada` is installed. */
async function asThePageSays(
  heading: string,
): Promise<(program: string, args: string[], input?: string) => Promise<Run>> {
  const script = new RegExp(`^#+ ${heading}\n[^]*?^\`\`\`sh\n([^]*?)^\`\`\`$`, "m").exec(PAGE)?.[1] ?? "";
  const folder = join(stage.home, `bin for ${heading}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "entrada"), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
  chmodSync(join(folder, "entrada"), 0o755);
  const env = {
    PATH: `${folder}${delimiter}${process.env["PATH"]}`,
    KUBECONFIG: join(stage.home, "kubeconfig as told"),
    GIT_CONFIG_GLOBAL: join(stage.home, "gitconfig"),
    GIT_TERMINAL_PROMPT: "0",
  };
  const run = (program: string, args: string[], input?: string): Promise<Run> =>
    stage.run(program, args, { env, ...(input !== undefined && { input }) });
  expect(await run("sh", ["-c", script])).toMatchObject({ code: 0 });
  return run;
}

describe.runIf(isInstalled("git"))("git, set up as the page says", () => {
  test("fills a credential", async () => {
    const run = await asThePageSays("git");
    const filled = await run("git", ["credential", "fill"], "protocol=https\nhost=dev.azure.com\n\n");
    expect(filled.out).toContain(`username=${stage.emulator.defaults.account.username}\n`);
    expect(filled.out).toMatch(/^password=eyJ/m);
  });
});

describe.runIf(isInstalled("kubectl"))("kubectl, set up as the page says", () => {
  test("asks entrada for a credential, and finds nothing amiss in its settings", async () => {
    const run = await asThePageSays("kubectl");
    // Nothing answers there: a kubectl that comes so far has its credential.
    await run("kubectl", ["config", "set-cluster", "none", "--server=https://127.0.0.1:1"]);
    await run("kubectl", ["config", "set-context", "none", "--cluster=none", "--user=me"]);
    const asked = await run("kubectl", ["--context=none", "get", "--raw", "/version"]);
    expect(asked.err).toContain("127.0.0.1:1 was refused");
  });
});
