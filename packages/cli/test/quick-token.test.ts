import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { azCommand } from "../src/commands/az.ts";
import { tokenCommand } from "../src/commands/token.ts";
import { quickToken } from "../src/quick/quick-token.ts";
import { BIN } from "./stage.ts";

/** What the parser makes of the same options. */
function parsed(args: readonly string[]): object {
  const az = azCommand({} as never).commands[0]?.commands[0];
  const command = args[0] === "az" ? az : tokenCommand({} as never);
  command?.parseOptions(args.slice(args[0] === "az" ? 3 : 1));
  const { json, ...options }: Record<string, unknown> = command?.opts() ?? {};
  return { ...options, ...(args[0] === "az" ? { output: "az" } : json === true ? { output: "json" } : {}) };
}

const ARM = "https://management.azure.com";
const AZ = ["az", "account", "get-access-token"];
const PLAIN: readonly (readonly string[])[] = [
  ["token"],
  ["token", "-o", "header"],
  ["token", "--output", "status", "--json"],
  ["token", "--json"],
  ["token", "-s", `${ARM}/.default`],
  ["token", "--scope", `${ARM}/.default`, "-p", "work"],
  ["token", "-r", ARM, "-t", "contoso.example"],
  ["token", "--resource", ARM, "--tenant", "x", "--profile", "y", "--client-id", "z"],
  ["token", "--authority-host", "https://login.example", "--unencrypted-cache"],
  ["token", "--claims-challenge", '{"access_token":{}}'],
  [...AZ, "--output", "json", "--resource", ARM],
  [...AZ, "--resource", ARM, "-t", "contoso.example", "--scope", "s"],
];

test.each(PLAIN)("reads %j as the parser does", (...args) => {
  expect(quickToken(args)).toEqual(parsed(args));
});

test.each([
  [],
  ["login"],
  ["token", "--help"],
  ["token", "--nope"],
  ["token", "extra"],
  ["token", "-o"],
  ["token", "-o", "xml"],
  ["token", "-o=json"],
  ["token", "--output=json"],
  ["token", "-ojson"],
  ["token", "--scope", "a", "b"],
  ["token", "--scope", "a", "--scope", "b"],
  ["token", "--tenant", "--json"],
  ["token", "--az-shim", "x"],
  ["token", "--", "x"],
  ["token", "constructor", "x"],
  ["-p", "x", "token"],
  ["az", "account", "show"],
  [...AZ, "--query", "x"],
  [...AZ, "-o", "tsv"],
  [...AZ, "--output", "status"],
  [...AZ, "--resource-type", "ms-graph"],
])("leaves %j to the parser", (...args) => {
  expect(quickToken(args)).toBeUndefined();
});

test("loads no parser for a token", () => {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks?.({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    process.on("exit", () => console.log(JSON.stringify(loaded)));
    process.argv = [process.argv[0], "entrada", "token", "-p", "nobody", "--unencrypted-cache"];
    await import(${JSON.stringify(`file://${BIN}`)});`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    env: { ...process.env, ENTRADA_CONFIG_DIR: "/nonexistent" },
  });
  const files = JSON.parse(stdout) as readonly string[];
  expect(files.filter((url) => /\/(?:commander|msal-\w+)\/|\/program-/.test(url))).toEqual([]);
});
