import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Authority } from "./authority.ts";
import { openPublicCloud } from "./public-cloud.ts";

/** The real Azure CLI of this machine, in which a person has signed in. */
export interface AzureCli extends AsyncDisposable {
  readonly version: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Signs a person in at the Azure CLI, as it is and by a code, where there is one. Its cloud is the authority here. */
export async function openAzureCli(authority: Authority): Promise<AzureCli | undefined> {
  const { status, stdout } = spawnSync("az", ["version", "--query", '"azure-cli"', "--output", "tsv"]);
  if (status !== 0) return undefined;
  const cloud = await openPublicCloud(authority);
  const home = authority.folder();
  const certificates = join(home, "cloud.pem");
  writeFileSync(certificates, cloud.certificates);
  const environment = {
    PATH: process.env["PATH"] ?? "",
    LANG: "C.UTF-8",
    HOME: home,
    HTTPS_PROXY: cloud.proxy,
    REQUESTS_CA_BUNDLE: certificates,
    AZURE_CONFIG_DIR: join(home, "azure"),
    AZURE_CORE_COLLECT_TELEMETRY: "0",
  };
  const login = spawn("az", ["login", "--use-device-code", "--output", "none"], {
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  createInterface({ input: login.stderr }).on("line", (line) => {
    const [, userCode] = /code ([A-Z0-9]{8,9})\b/.exec(line) ?? [];
    if (userCode !== undefined) authority.answerCode(userCode);
  });
  const [code] = (await once(login, "close")) as [number | null];
  if (code !== 0) throw new Error(`az login ended with ${code}`);
  return {
    version: stdout.toString().trim(),
    environment,
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}
