import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BIN, openStage, type Stage } from "./stage.ts";

export const DOCS: URL = new URL("../../../docs/", import.meta.url);
const BLOCK = /(?<=^```console\n)[^]*?(?=^```$)/gm;
/** In a page about what somebody does who has signed in before. */
const SIGNED_IN = "<!-- recorded: somebody has signed in -->";
const REGISTRATION = "11111111-2222-3333-4444-555555555555";
const DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798";
const AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** A page of docs/, as it is, and with what its commands print now. */
export interface RecordedPage {
  readonly written: string;
  readonly recorded: string;
  save(): void;
}

/**
 * Runs the commands of a page's `console` blocks, one after the other, on a machine of their own that is reached over
 * SSH, and puts what they print below each.
 */
export async function recordPage(name: string): Promise<RecordedPage> {
  const file = new URL(name, DOCS);
  const written = readFileSync(file, "utf8");
  await using stage = await openStage({
    applications: [
      {
        clientId: REGISTRATION,
        name: "Contoso Backup",
        tenantId: "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10",
        allowPublicClientFlows: false,
        redirectUris: ["http://localhost"],
      },
    ],
    resources: [
      { uri: `api://${DEVOPS}`, appId: DEVOPS, name: "Azure DevOps", scopes: ["user_impersonation"] },
      { uri: `api://${AKS}`, appId: AKS, name: "Azure Kubernetes Service", scopes: ["user.read"] },
    ],
  });
  furnish(stage);
  if (written.includes(SIGNED_IN)) await stage.signIn();
  let recorded = "";
  let end = 0;
  for (const block of written.matchAll(BLOCK)) {
    recorded += written.slice(end, block.index);
    for (const command of commandsIn(block[0])) recorded += `$ ${command}\n${await outputOf(command, stage)}`;
    end = block.index + block[0].length;
  }
  recorded += written.slice(end);
  return { written, recorded, save: () => writeFileSync(file, recorded) };
}

function commandsIn(block: string): readonly string[] {
  return Array.from(block.matchAll(/^\$ (.*)$/gm), ([, command = ""]) => command);
}

/** The command on PATH, the packages of a program, and a person who has chosen to live without a keyring. */
function furnish({ home }: Stage): void {
  for (const folder of ["bin", "config/entrada", "node_modules"])
    mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, "bin", "entrada"), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`, {
    mode: 0o755,
  });
  const profiles = { default: { protection: "prefer" }, work: { protection: "prefer" } };
  writeFileSync(join(home, "config", "entrada", "profiles.json"), JSON.stringify({ profiles }));
  const azure = fileURLToPath(new URL("../node_modules/@azure", import.meta.url));
  symlinkSync(azure, join(home, "node_modules", "@azure"));
  const program = fileURLToPath(new URL("programs/whoami.mjs", import.meta.url));
  writeFileSync(join(home, "whoami.mjs"), readFileSync(program));
}

async function outputOf(command: string, stage: Stage): Promise<string> {
  const { home, emulator } = stage;
  const answer = stage.answerCodes();
  const { out } = await stage.run("sh", ["-c", `cd; exec 2>&1; ${command}`], {
    env: {
      PATH: [join(home, "bin"), process.env["PATH"]].join(delimiter),
      SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22",
      DBUS_SESSION_BUS_ADDRESS: "",
      XDG_RUNTIME_DIR: "",
      TZ: "UTC",
    },
    onOut: answer,
  });
  return settled(out, home, emulator.authorityHost, emulator.port);
}

/** What is another one in each run, as it is in the page. */
function settled(text: string, home: string, authorityHost: string, port: number): string {
  const known = text
    .replaceAll(home, "/home/ada")
    .replaceAll(authorityHost, "https://login.microsoftonline.com")
    .replaceAll(`localhost:${port}`, "login.microsoftonline.com")
    .replaceAll(/^[B-Z]{9}$/gm, "BCDFGHJKL")
    .replaceAll(/eyJ[\w-]+(\.[\w-]*){0,2}/g, "eyJ0eXAiOiJKV1Qi...")
    .replaceAll(/\b\d\d:\d\d (?=\()/g, "14:30 ")
    .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "2026-01-31T14:30:00Z")
    .replaceAll(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\b/g, "2026-01-31 14:30:00.000000")
    .replaceAll(/\b1[789]\d{8}\b/g, "1769869800")
    .replaceAll(/\b\d+ ms\b/g, "24 ms")
    .replaceAll(/-?\d+ s ahead/g, "0 s ahead")
    .replaceAll(/"clock": -?\d+/g, '"clock": 0')
    .replaceAll(/\b\d+\.\d+\.\d+(?= (?:on )?linux)/g, "24.0.0")
    .replaceAll(/(?<=(?:cli|core|auto|broker|device-code|cache) )\d+\.\d+\.\d+/g, "1.0.0");
  return known === "" || known.endsWith("\n") ? known : `${known}\n`;
}
