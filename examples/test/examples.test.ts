import { startEmulator, type Emulator, type PersonAnswer } from "@entrada/emulator";
import type { AuthenticationEvent } from "@entrada/core";
import { CredentialUnavailableError } from "@entrada/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chained } from "../chained.ts";
import { customRedirect } from "../custom-redirect.ts";
import { deviceCode } from "../device-code.ts";
import { defaultAccount } from "../default-account.ts";
import { listContainers } from "../list-containers.ts";
import { parentWindow } from "../parent-window.ts";
import { showSubscription } from "../show-subscription.ts";
import { timeoutAndAbort } from "../timeout-and-abort.ts";
import { startLocalAzure, type LocalAzure } from "../demo/local-azure.ts";
import { collected } from "./collected.ts";

const CLIENT_WITH_PATH = "2f6c0d1e-8a47-4b39-95e2-7d10c3b8a6f4";
const SUBSCRIPTIONS = [
  "1b6e9d34-70c2-4a5f-8e13-c9d0f2a7b586  Contoso Production",
  "94a3c7f0-d58e-4126-b09b-e7f1a2c6d843  Contoso Development",
];

let azure: LocalAzure;
let emulator: Emulator;
let output: ReturnType<typeof collected>;
let events: AuthenticationEvent[];

beforeAll(async () => {
  azure = await startLocalAzure({
    deviceCodeIntervalInS: 1,
    applications: [
      {
        clientId: CLIENT_WITH_PATH,
        name: "An application with a path",
        redirectUris: ["http://localhost/signed-in"],
      },
    ],
  });
  emulator = azure.emulator;
}, 240_000);
afterAll(() => azure?.[Symbol.asyncDispose]());

beforeEach(() => {
  output = collected();
  events = [];
});

/** Options for the emulator, with a scripted person who answers browsers. */
function withPerson(...answers: readonly PersonAnswer[]) {
  emulator.person.script(...answers);
  return {
    armEndpoint: emulator.armEndpoint,
    accountUrl: azure.accountUrl,
    print: output.print,
    credential: {
      authorityHost: emulator.authorityHost,
      onEvent: (event: AuthenticationEvent) => void events.push(event),
      openBrowser: (url: string, context: { signal: AbortSignal }) =>
        emulator.person.openBrowser(url, context),
    },
  };
}

/** The same for who answers codes. */
function withCode(...answers: readonly PersonAnswer[]) {
  const { credential, ...options } = withPerson(...answers);
  const { openBrowser: _, ...shared } = credential;
  return { ...options, credential: { ...shared, userPromptCallback: answerCode } };
}

function answerCode(
  info: { readonly userCode: string; readonly verificationUri: string },
  context: { readonly signal: AbortSignal },
): Promise<void> {
  return emulator.person.answerDeviceCode(info, context);
}

function prompts(): AuthenticationEvent[] {
  return events.filter(({ type }) => type === "prompt");
}

describe("show-subscription", () => {
  test("lists the subscriptions of whoever signs in, after one prompt", async () => {
    await showSubscription(withPerson());

    expect(output.lines).toEqual(SUBSCRIPTIONS);
    expect(prompts()).toHaveLength(1);
  });

  test("lists what another account may see", async () => {
    await showSubscription(withPerson({ action: "approve", account: "mary@fabrikam.example" }));

    expect(output.lines).toEqual(["f7d20e8b-3a91-4c65-97f4-5b8e1c0d6a29  Fabrikam Shared"]);
  });

  test("ends with access_denied when the person declines", async () => {
    const declined = showSubscription(withPerson({ action: "decline" }));

    await expect(declined).rejects.toMatchObject({ name: "AuthenticationError", code: "access_denied" });
    expect(output.lines).toEqual([]);
  });
});

describe("list-containers", () => {
  test("lists the containers of the storage account, after one prompt", async () => {
    await listContainers(withPerson());

    expect(output.lines).toEqual(["backups", "invoices", "photos"]);
    expect(prompts()).toHaveLength(1);
  });

  test("names the missing storage account", async () => {
    const { accountUrl: _, ...options } = withPerson();

    await expect(listContainers(options)).rejects.toThrow("--account NAME");
    expect(prompts()).toEqual([]);
  });
});

describe("default-account", () => {
  test("is the browser where there is no broker, after one prompt", async () => {
    await defaultAccount(withPerson());

    expect(output.lines).toEqual(["backups", "invoices", "photos", "as ada@contoso.example"]);
    expect(prompts()).toHaveLength(1);
  });
});

describe("parent-window", () => {
  test("asks for no window where there is no broker", async () => {
    await parentWindow(withPerson());

    expect(output.lines).toEqual(["backups", "invoices", "photos"]);
    expect(prompts()).toHaveLength(1);
  });
});

describe("device-code", () => {
  test("lists the subscriptions after the person has typed the code", async () => {
    await deviceCode(withCode());

    expect(output.lines).toEqual(SUBSCRIPTIONS);
    expect(prompts()).toMatchObject([{ flow: "device-code", url: `${emulator.authorityHost}/devicelogin` }]);
  });
});

describe("custom-redirect", () => {
  test("signs in over a redirect URI with a path", async () => {
    const options = withPerson();

    await customRedirect({
      ...options,
      credential: {
        ...options.credential,
        clientId: CLIENT_WITH_PATH,
        redirectUri: "http://localhost/signed-in",
      },
    });

    expect(output.lines).toEqual(["Signed in as ada@contoso.example"]);
    const [prompt] = prompts();
    const redirectUri = new URL((prompt as { url: string }).url).searchParams.get("redirect_uri");
    expect(redirectUri).toMatch(/^http:\/\/localhost:\d+\/signed-in$/);
  });
});

describe("timeout-and-abort", () => {
  test("says so when nobody signs in in time", async () => {
    const options = withPerson();
    const openBrowser = (): void => {};

    await timeoutAndAbort({
      ...options,
      credential: { ...options.credential, openBrowser, timeoutInMs: 100 },
    });

    expect(output.lines).toEqual(["Nobody signed in in time."]);
  });

  test("says so when it is stopped, and stops at once", async () => {
    const stop = new AbortController();
    const options = withPerson();
    const openBrowser = (): void => stop.abort();

    await timeoutAndAbort({
      ...options,
      abortSignal: stop.signal,
      credential: { ...options.credential, openBrowser },
    });

    expect(output.lines).toEqual(["Stopped while waiting for the sign-in."]);
  });

  test("signs in when the person is quick", async () => {
    await timeoutAndAbort({ ...withPerson(), abortSignal: new AbortController().signal });

    expect(output.lines).toEqual(["Signed in as ada@contoso.example"]);
  });
});

describe("chained", () => {
  test("goes on to the device code where no browser opens", async () => {
    const options = withPerson();
    const openBrowser = (): never => {
      throw new CredentialUnavailableError({ code: "browser_unavailable", what: "There is no browser" });
    };

    await chained({
      ...options,
      credential: { ...options.credential, openBrowser, userPromptCallback: answerCode },
    });

    expect(output.lines).toEqual(SUBSCRIPTIONS);
    expect(prompts()).toMatchObject([{ flow: "browser" }, { flow: "device-code" }]);
  });

  test("does not go on when the person says no", async () => {
    const declined = chained(withPerson({ action: "decline" }));

    await expect(declined).rejects.toMatchObject({ code: "access_denied", aadsts: 65004 });
    expect(prompts()).toMatchObject([{ flow: "browser" }]);
  });
});

test("two emulators do not know each other's people", async () => {
  const other = await startEmulator();
  try {
    other.trust();
    const options = withPerson();
    // A token of the other emulator at this one's Resource Manager.
    const stranger = showSubscription({
      ...options,
      credential: {
        authorityHost: other.authorityHost,
        openBrowser: (url, context) => other.person.openBrowser(url, context),
      },
    });
    await expect(stranger).rejects.toMatchObject({ statusCode: 401 });
  } finally {
    await other[Symbol.asyncDispose]();
  }
});
