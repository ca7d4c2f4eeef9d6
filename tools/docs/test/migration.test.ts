import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { REFUSED_OPTIONS } from "../../../packages/codemod/src/refused-options.ts";
import { refusedOptions, withForeignOptions } from "../src/foreign-options-table.ts";
import { ROOT } from "../src/site-folders.ts";
import { publicMembers } from "./public-members.ts";

const guide = readFileSync(join(ROOT, "docs/migration.md"), "utf8");
// Names in the text, not in blocks of code.
const spans = guide.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g);
const words = new Set([...spans].flatMap(([, code = ""]) => code.match(/\w+/g) ?? []));

test("its tables of options are those that errors tell from (else: node tools/docs/src/write-foreign-options.ts)", () => {
  expect(guide).toBe(withForeignOptions(guide));
});

test("the codemod says of an option what its refusal says (else: node tools/docs/src/write-foreign-options.ts)", () => {
  expect(REFUSED_OPTIONS).toEqual(refusedOptions());
});

const IDENTITY = [
  "InteractiveBrowserCredentialNodeOptions",
  "InteractiveBrowserCredentialNodeOptions['browserCustomizationOptions'] & {}",
  "InteractiveBrowserCredentialNodeOptions['loggingOptions'] & {}",
  "DeviceCodeCredentialOptions",
  "DeviceCodeInfo",
  "BrokerEnabledOptions",
  "BrokerDisabledOptions",
  "TokenCachePersistenceOptions",
  "GetTokenOptions",
  "AccessToken",
  "AuthenticationRecord",
  "ErrorResponse",
  "InteractiveBrowserCredential",
  "DeviceCodeCredential",
];
const MSAL = [
  "PublicClientApplication",
  "Configuration",
  "NodeAuthOptions",
  "CacheOptions",
  "BrokerOptions",
  "NodeSystemOptions",
  "InteractiveRequest",
  "SilentFlowRequest",
  "DeviceCodeRequest",
  "AuthenticationResult",
  "AccountInfo",
];

describe.each([
  [
    "packages/codemod",
    [
      ...IDENTITY.map((name) => `import("@azure/identity").${name}`),
      `typeof import("@azure/identity-broker")`,
      `typeof import("@azure/identity-cache-persistence")`,
    ],
  ],
  ["packages/core", MSAL.map((name) => `import("@azure/msal-node").${name}`)],
])("the guide says what becomes of every public member, with the versions of %s", (installedIn, types) => {
  test.each([...publicMembers(installedIn, types)])("%s", (_type, members) => {
    expect(members.length).toBeGreaterThan(0);
    expect(members.filter((member) => !words.has(member))).toEqual([]);
  });
});
