import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
import { claimsOfChallenge, InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { describe, expect, test } from "vitest";
import type { ExpectedRefusal } from "./expected-refusal.ts";
import { listenForAnything, type Quiet } from "./quiet.ts";
import { WRONG_CALLS } from "./wrong-calls.ts";
import { WRONG_CHALLENGES } from "./wrong-challenges.ts";
import { WRONG_OPTIONS } from "./wrong-options.ts";

type Create = (quiet: Quiet, more?: object) => InteractiveBrowserCredential;

const CREDENTIALS: Readonly<Record<string, Create>> = {
  browser: ({ options: { userPromptCallback: _prompt, ...options } }, more) =>
    new InteractiveBrowserCredential({ ...options, ...more } as never),
  "device-code": ({ options: { openBrowser: _browser, ...options } }, more) =>
    new DeviceCodeCredential({ ...options, ...more } as never) as never,
  broker: ({ options: { userPromptCallback: _prompt, ...options } }, more) =>
    new InteractiveBrowserBrokerCredential({ ...options, ...more } as never) as never,
};

/** Class, code, detail and message of a refusal, and what else came of it, now or a turn later. */
async function cameOf(error: unknown, { heard }: Quiet): Promise<object> {
  await new Promise((resolve) => setImmediate(resolve));
  const { code, detail, message } = error as TypeError & Record<"code" | "detail", unknown>;
  return { isTypeError: error instanceof TypeError, code, detail, message, heard };
}

/** That and nothing else; the message names the option. */
function refusedAs({
  option,
  refusal,
}: {
  readonly option: string;
  readonly refusal: ExpectedRefusal;
}): object {
  const { code, detail } = refusal;
  return { isTypeError: true, code, detail, message: expect.stringContaining(option) as string, heard: [] };
}

describe.each(Object.entries(CREDENTIALS))("the %s credential", (_name, create) => {
  const cases = WRONG_OPTIONS.map((wrong) => [wrong.option, wrong.value, wrong] as const);

  test.each(cases)("refuses the option %s: %j", async (option, value, wrong) => {
    const quiet = listenForAnything();
    let error: unknown;
    try {
      create(quiet, { [option]: value });
    } catch (thrown) {
      error = thrown;
    }
    expect(await cameOf(error, quiet)).toEqual(refusedAs(wrong));
  });

  describe.each(["getToken", "authenticate"] as const)("%s", (method) => {
    const calls = WRONG_CALLS.map((wrong) => [wrong.option, wrong.options ?? wrong.scopes, wrong] as const);

    test.each(calls)("refuses %s: %j", async (_option, _value, wrong) => {
      const { scopes, options } = wrong;
      const quiet = listenForAnything();
      const call: Promise<unknown> = create(quiet)[method](scopes as string, options as never);
      const error: unknown = await call.then(
        () => "no error",
        (reason: unknown) => reason,
      );
      expect(await cameOf(error, quiet)).toEqual(refusedAs(wrong));
    });
  });
});

test.each(WRONG_CHALLENGES)("nothing is taken from the challenge of %s", (_name, header) => {
  const quiet = listenForAnything();
  expect(claimsOfChallenge(header)).toBeUndefined();
  expect(quiet.heard).toEqual([]);
});

test("these are 600 and more", () => {
  const credentials = Object.keys(CREDENTIALS).length;
  const count = credentials * (WRONG_OPTIONS.length + 2 * WRONG_CALLS.length) + WRONG_CHALLENGES.length;
  expect(count).toBeGreaterThanOrEqual(600);
});
