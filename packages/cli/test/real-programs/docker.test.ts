import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONTAINER_REGISTRY, startRegistry } from "../registry.ts";
import { openStage, type Stage } from "../stage.ts";
import { isInstalled } from "./installed.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ resources: [CONTAINER_REGISTRY] });
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.runIf(isInstalled("docker"))("Docker's client as it is", () => {
  test("reads an image of the registry by the shim", async () => {
    await using registry = await startRegistry(stage.emulator);
    const shims = join(stage.home, "shims for docker");
    const written = await stage.entrada([
      "credential-helper",
      "docker",
      "--registry",
      registry.host,
      "--shim",
      shims,
    ]);
    expect([written.code, existsSync(join(shims, "docker-credential-entrada"))]).toEqual([0, true]);
    const config = join(stage.home, "docker");
    mkdirSync(config, { recursive: true });
    const credHelpers = { [registry.host]: "entrada" };
    writeFileSync(join(config, "config.json"), JSON.stringify({ credHelpers, experimental: "enabled" }));
    const env = { PATH: `${shims}${delimiter}${process.env["PATH"]}`, DOCKER_CONFIG: config };
    const inspected = await stage.run(
      "docker",
      ["manifest", "inspect", "--insecure", `${registry.host}/app:1`],
      { env },
    );
    expect(inspected).toMatchObject({ code: 0, out: expect.stringContaining("schemaVersion") as string });
    expect(registry.exchanges.length).toBeGreaterThan(0);
  });
});
