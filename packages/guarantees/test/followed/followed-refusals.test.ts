import { AzureAuthorityHosts, InteractiveBrowserCredential, type AuthenticationError } from "@entrada/core";
import { explainAadsts, knownAadsts } from "@entrada/core/aadsts";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator, type Emulator, type EmulatorOptions } from "@entrada/emulator";
import { describe, expect, test } from "vitest";
import { FOR_OTHERS } from "./remedies-for-others.ts";
import { REFUSALS_TO_FOLLOW, type RefusalToFollow, type Situation } from "./refusals-to-follow.ts";

// Whoever does what the hint of a refusal says gets on: at a directory that refuses until it was done, and, where the
// hint is to try or to sign in once more, at one that refuses once.

const ARM = "https://management.azure.com/.default";
const HOST = "https://login.microsoftonline.com";

async function emulatorOf(options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator({ ...options, deviceCodeIntervalInS: 1 });
}

/** Signs in; the error, where it is refused. */
async function signIn(
  emulator: Emulator,
  by: RefusalToFollow["by"],
  { options, person, scopes = ARM }: Situation,
  timeoutInMs = 60_000,
): Promise<AuthenticationError | undefined> {
  if (person) emulator.person.script(person);
  const shared = { authorityHost: HOST, fetch: emulator.fetch, ...options };
  const credential =
    by === "browser"
      ? new InteractiveBrowserCredential({
          ...shared,
          timeoutInMs,
          openBrowser: (url, context) => emulator.person.openBrowser(url, context),
        })
      : new DeviceCodeCredential({
          ...shared,
          userPromptCallback: (info, context) => emulator.person.answerDeviceCode(info, context),
        });
  try {
    await credential.authenticate(scopes);
    return undefined;
  } catch (error) {
    return error as AuthenticationError;
  } finally {
    await credential[Symbol.asyncDispose]();
  }
}

describe("whoever does what the hint of a refusal says gets on:", () => {
  test.concurrent.each(REFUSALS_TO_FOLLOW)(
    "AADSTS$aadsts by $by: $hint",
    async ({ aadsts, onPage, by, hint, refused, followed }) => {
      await using before = await emulatorOf(refused.directory);
      const error = await signIn(before, by, refused, onPage && 3000);
      expect(error).toMatchObject(onPage ? { code: "timeout" } : { aadsts });
      expect(error?.hint).toContain(hint);
      await using after = await emulatorOf(followed.directory ?? refused.directory);
      expect(await signIn(after, by, { ...refused, ...followed })).toBeUndefined();
    },
  );
});

test.each([
  ["browser", "redeem"],
  ["device code", "poll"],
] as const)(
  "by %s no hint names the cloud that was asked, where the tenant is in another one",
  async (by, on) => {
    for (const [name, authorityHost] of Object.entries(AzureAuthorityHosts)) {
      await using emulator = await emulatorOf();
      emulator.script({ on, error: { error: "invalid_request", aadsts: 900439 } });
      const error = await signIn(emulator, by, { options: { authorityHost } });
      expect(error?.hint).toContain("such as AzureAuthorityHosts.");
      expect(error?.hint).not.toContain(name);
    }
  },
);

const CONTEXT = { clientId: "client", tenantId: "tenant", scopes: [ARM] };
const remedyOf = (aadsts: number): string => explainAadsts(aadsts, CONTEXT)?.remedy ?? "";
const isOnceMore = (aadsts: number): boolean =>
  /^(Sign in again|Sign in with authenticate|Try again|Wait|Keep the tokens)/u.test(remedyOf(aadsts));

describe("whoever tries once more, where the hint says so, gets on:", () => {
  test.concurrent.each(knownAadsts().filter(isOnceMore))("AADSTS%i", async (aadsts) => {
    await using emulator = await emulatorOf();
    emulator.script({ on: "redeem", error: { error: "invalid_grant", aadsts } });
    const error = await signIn(emulator, "browser", {});
    expect(error).toMatchObject({ aadsts, hint: remedyOf(aadsts) });
    expect(await signIn(emulator, "browser", {})).toBeUndefined();
  });
});

test("each remedy was followed above, or is for somebody who is not here, with the reason", () => {
  const followed = new Set(REFUSALS_TO_FOLLOW.map(({ aadsts }) => remedyOf(aadsts)));
  const open = knownAadsts().filter((aadsts) => !followed.has(remedyOf(aadsts)) && !isOnceMore(aadsts));
  const unexplained = open.filter(
    (aadsts) => !FOR_OTHERS.some(([start]) => remedyOf(aadsts).startsWith(start)),
  );
  expect(unexplained.map((aadsts) => `${aadsts}: ${remedyOf(aadsts)}`)).toEqual([]);
  const needless = FOR_OTHERS.filter(([start]) => !open.some((aadsts) => remedyOf(aadsts).startsWith(start)));
  expect(needless).toEqual([]);
});
