import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { toldTexts } from "./told-texts.ts";

const FOLDER = new URL("../../../", import.meta.url).pathname;
const read = (pattern: string): string =>
  globSync(pattern, { cwd: FOLDER })
    .map((file) => readFileSync(`${FOLDER}${file}`, "utf8"))
    .join("\n");

/** Names as programs have them: options, classes, environment variables. */
const NAME =
  /\b[a-z]+(?:[A-Z][a-z0-9]*)+\b|\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+\b|\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b/g;

/** Names of others' that a text may tell, and where they are from. */
const OTHERS: Readonly<Record<string, string>> = {
  AzurePipelinesCredential: "@azure/identity",
  PowerShell: "the shell of Windows",
  BrokerPlugin: "an app of Windows, Microsoft.AAD.BrokerPlugin",
  AcrPull: "a role of Azure Container Registry",
  ReadWrite: "a permission of Microsoft Graph, Application.ReadWrite.All",
  DevOps: "a service of Microsoft's, Azure DevOps",
  credHelpers: "Docker's config.json",
  apiVersion: "a kubeconfig",
  LoadCredential: "a unit of systemd",
  AZURE_CLIENT_ID: "what the credentials of @azure/identity read",
  HTTPS_PROXY: "what everybody reads, in capitals or not",
  SSH_CONNECTION: "sshd",
  SSH_CLIENT: "sshd",
  SSH_TTY: "sshd",
};

const texts = toldTexts();

test("no text tells somebody to use an option, a class or a variable that is not there", () => {
  const public_ = new Set(read("api/*.api.md").match(/[A-Za-z_]\w+/g));
  const sources = read("packages/*/src/**/*.ts");
  const isRead = (name: string): boolean =>
    [
      `(?:env|environment)(?:\\.|\\[")${name}\\b`,
      `\\{[^{}]*\\b${name}\\b[^{}]*\\} = (?:process\\.env|env|environment)\\b`,
    ].some((form) => new RegExp(form).test(sources));
  const unknown = texts.flatMap(({ text, file }) =>
    // What stands in braces is filled in.
    (text.replaceAll(/\{\w+\}/g, "").match(NAME) ?? [])
      .filter((name) => !public_.has(name) && !(name in OTHERS) && !isRead(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(texts.length).toBeGreaterThan(1000);
  expect(unknown).toEqual([]);
});

test("what users of msal-node are told names what msal-node or our plugin has", () => {
  const has = new Set(
    [
      ...globSync("node_modules/.pnpm/@azure+msal-{node,common}@*/node_modules/@azure/msal-*/**/*.d.ts", {
        cwd: FOLDER,
      }),
    ]
      .map((file) => readFileSync(`${FOLDER}${file}`, "utf8"))
      .concat(read("packages/broker/src/plugin/wam-broker-plugin*.ts"))
      .join("\n")
      .match(/[A-Za-z_]\w+/g),
  );
  const told = texts.filter(({ file }) => file.startsWith("packages/broker/src/plugin/"));
  const unknown = told.flatMap(({ text, file }) =>
    (text.match(NAME) ?? []).filter((name) => !has.has(name)).map((name) => `${file}: ${name}`),
  );
  expect(told.length).toBeGreaterThan(10);
  expect(unknown).toEqual([]);
});

test("a command of ours that a text tells somebody to run is one", () => {
  const commands = new Set(
    Array.from(
      read("packages/cli/src/commands/*.ts").matchAll(/(?:[cC]ommand)\("([a-z-]+)/g),
      ([, name]) => name,
    ),
  );
  const told = texts.flatMap(({ text }) =>
    Array.from(text.matchAll(/\b(?:with|use|run|again:) entrada ([a-z-]+)/gi), ([, name]) => name),
  );
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((name) => !commands.has(name))).toEqual([]);
});

test("a page that a text leads to is there, and so is its heading", () => {
  const links = texts.flatMap(({ text, file }) =>
    Array.from(text.matchAll(/blob\/main\/(docs\/[\w-]+\.md)(?:#([\w-]+))?/g), ([, page, heading]) => ({
      file,
      page,
      heading,
    })),
  );
  const broken = links.filter(({ page, heading }) => {
    const content = read(page ?? "");
    const slugs = Array.from(content.matchAll(/^#+ (.*)$/gm), ([, title]) =>
      (title ?? "")
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    );
    return content === "" || (heading !== undefined && !slugs.includes(heading));
  });
  expect(broken).toEqual([]);
});
