import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { describe, expect, test } from "vitest";
import { AUTO_OPTIONS } from "../src/auto-credential-options.ts";
import { AutoCredential } from "../src/auto-credential.ts";

// Credentials take each other's options, so that one object can serve several, and do nothing with them: a suggestion
// must not come from there. That an option is used is seen by its check, which refuses what no option may be; AutoCredential hands
// on what it does not check itself.

type Create = (options: object) => unknown;
const CREDENTIALS: readonly (readonly [string, Create])[] = [
  ["InteractiveBrowserCredential", (options) => new InteractiveBrowserCredential(options)],
  ["DeviceCodeCredential", (options) => new DeviceCodeCredential(options)],
  ["InteractiveBrowserBrokerCredential", (options) => new InteractiveBrowserBrokerCredential(options)],
  ["AutoCredential", (options) => new AutoCredential(options)],
];

const NAMES = [
  "answerBy",
  "browserCustomizationOptions",
  "browserFallback",
  "disableInteractiveFallback",
  "legacyEnableMsaPassthrough",
  "openBrowser",
  "parentWindowHandle",
  "redirectUri",
  "useDefaultBrokerAccount",
  "userPromptCallback",
];

/** What is left of a name, or put to it, when somebody half remembers it. */
function halfRemembered(name: string): readonly string[] {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(" ");
  const parts = words.flatMap((_, from) => words.map((__, to) => words.slice(from, to + 1).join("_")));
  return [
    ...parts,
    `${name}Option`,
    `my${name}`,
    name.slice(1),
    name.slice(0, -1),
    name.toUpperCase(),
  ].filter((part) => part !== "" && part !== name);
}

function refusalOf(create: Create, options: object): string | undefined {
  try {
    create(options);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each(CREDENTIALS)("what %s suggests, it uses", (credential, create) => {
  test.each(NAMES)("where something like %s is written", (name) => {
    for (const written of halfRemembered(name)) {
      const suggested = /Perhaps "(\w+)" is meant/.exec(refusalOf(create, { [written]: "x" }) ?? "")?.[1];
      if (suggested === undefined) continue;
      const isChecked = refusalOf(create, { [suggested]: Symbol("wrong") })?.includes(`"${suggested}"`);
      const isUsed = isChecked === true || (credential === "AutoCredential" && suggested in AUTO_OPTIONS);
      expect({ written, suggested, isUsed }).toEqual({ written, suggested, isUsed: true });
    }
  });
});
