import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { besideKeyring, hasKeyring } from "../../../tools/runtimes/src/keyring-session.ts";
import { BIN, claimsOf, openStage, type Run, type Stage } from "./stage.ts";

const DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798";

let stage: Stage;
beforeAll(async () => {
  const resources = [
    { uri: `api://${DEVOPS}`, appId: DEVOPS, name: "Azure DevOps", scopes: ["user_impersonation"] },
  ];
  stage = await openStage({ resources });
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

type Command = readonly [program: string, ...args: string[]];

/** Where the key of the stored tokens is. */
interface Keeping {
  readonly env?: Readonly<Record<string, string>>;
  readonly beside?: (command: Command) => Command;
}

/** Runs the command; what Node.js has loaded for it, file by file and of its own, stands on standard error. */
async function loadedBy(
  args: readonly string[],
  input?: string,
  { env = {}, beside = (command) => command }: Keeping = {},
): Promise<Run & { readonly loaded: readonly string[] }> {
  const program = `
    process.on("exit", () => {
      const files = Object.keys(require("node:module")._cache);
      require("node:fs").writeSync(2, JSON.stringify([...files, ...process.moduleLoadList]));
    });
    process.argv.splice(1, 0, ${JSON.stringify(BIN)});
    import(${JSON.stringify(`file://${BIN}`)});`;
  const [command, ...words] = beside([process.execPath, "--eval", program, "--", ...args]);
  const run = await stage.run(command, words, { env, ...(input === undefined ? {} : { input }) });
  return { ...run, loaded: JSON.parse(run.err.slice(run.err.lastIndexOf('["'))) as string[] };
}

const ALWAYS = ["quick-answer.cjs", "quick/stored"];
const WRAPPED = ["quick/wrapped-key-store"];

/** The files of the package that a run has loaded, without the hashes of their names. */
function ownFiles(loaded: readonly string[]): readonly string[] {
  const own = loaded.filter((name) => name.includes("/dist/"));
  return own.map((name) => name.replace(/.*\/dist\//, "").replace(/-[\w-]{8}\.cjs/, ""));
}

describe.runIf(process.platform === "linux")("a stored token", () => {
  const QUESTION = "protocol=https\nhost=dev.azure.com\n\n";
  const answers: readonly [name: string, args: readonly string[], input: string | undefined][] = [
    ["token", ["token"], undefined],
    ["the az shim", ["az", "account", "get-access-token"], undefined],
    ["git's helper", ["credential-helper", "git", "get"], QUESTION],
  ];

  test.each(answers)("costs %s one file, and no network, terminal or parser", async (_, args, input) => {
    await stage.entrada(args, input === undefined ? {} : { input }); // Now it is stored.
    const { code, out, loaded } = await loadedBy(args, input);
    expect([code, out.includes("eyJ")]).toEqual([0, true]);
    expect(ownFiles(loaded)).toEqual(ALWAYS);
    const heavy = ["net", "tls", "http", "https", "tty", "readline", "child_process", "fs/promises", "dns"];
    expect(loaded.filter((name) => heavy.some((each) => name === `NativeModule ${each}`))).toEqual([]);
  });

  const keepers: readonly (readonly [string, files: readonly string[], () => Keeping])[] = [
    ["a key file", WRAPPED, () => ({ env: { ENTRADA_CACHE_KEY_FILE: join(stage.home, "cache.key") } })],
    ["a passphrase", WRAPPED, () => ({ env: { ENTRADA_CACHE_PASSPHRASE: "eleven horses on the moon" } })],
    ...(hasKeyring()
      ? [["a keyring", ["quick/secret-service-key-store"], () => ({ beside: besideKeyring })] as const]
      : []),
  ];

  test.each(keepers)(
    "under a key that %s keeps costs what reads that, and nothing else",
    async (_, files, how) => {
      writeFileSync(join(stage.home, "cache.key"), randomBytes(32));
      const { env = {}, beside = (command: Command): Command => command } = how();
      const own = mkdtempSync(join(stage.home, "machine "));
      const all = {
        ...env,
        HOME: own,
        XDG_CONFIG_HOME: join(own, "config"),
        XDG_STATE_HOME: join(own, "state"),
      };
      const [program, ...words] = beside([process.execPath, BIN, "login", "--device-code"]);
      const login = await stage.run(program, words, { env: all, onErr: stage.answerCodes() });
      expect([login.code, login.err]).toEqual([0, expect.not.stringContaining("not encrypted")]);
      const { code, out, loaded } = await loadedBy(["token"], undefined, { env: all, beside });
      expect([code, out.startsWith("eyJ")]).toEqual([0, true]);
      expect(ownFiles(loaded).toSorted()).toEqual([...ALWAYS, ...files].toSorted());
    },
  );

  test("that is not there is got by the whole program, which has read what the helper was asked", async () => {
    const asked = await stage.entrada(["credential-helper", "git", "get"], {
      input: QUESTION,
      keepOpen: true,
      env: { ENTRADA_PROFILE: "nobody" },
    });
    expect([asked.code, asked.out]).toEqual([1, ""]);
    expect(asked.err).toContain("entrada login");
    const scope = "https://vault.azure.net/.default";
    const renewed = await stage.entrada(["token", "--scope", scope]);
    expect([renewed.code, renewed.err]).toEqual([0, ""]);
    expect(claimsOf(renewed.out)["aud"]).toContain("vault.azure.net");
  });

  test("that has ended is renewed by the whole program", async () => {
    const later = join(stage.home, "later.cjs");
    writeFileSync(later, "const { now } = Date; Date.now = () => now() + 7_200_000;");
    const first = await stage.entrada(["token"]);
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(later)}` };
    const renewed = await stage.entrada(["token"], { env });
    expect([first.code, renewed.code, renewed.err]).toEqual([0, 0, ""]);
    expect(claimsOf(renewed.out)["uti"]).not.toBe(claimsOf(first.out)["uti"]);
  });
});
