import { inspect } from "node:util";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  InteractiveBrowserCredential,
  isAuthenticationError,
  type AuthenticationEvent,
} from "../src/index.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";

let emulator: Emulator;
let written: string[];

beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
  written = [];
  const note = (chunk: unknown): boolean => {
    written.push(String(chunk));
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(note);
  vi.spyOn(process.stderr, "write").mockImplementation(note);
  vi.stubEnv("AZURE_LOG_LEVEL", "verbose");
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await emulator[Symbol.asyncDispose]();
});

/** Collects every secret that goes over the wire, in both directions. */
function listeningFetch(secrets: Set<string>): typeof fetch {
  return async (input, init) => {
    const form = new URLSearchParams(typeof init?.body === "string" ? init.body : "");
    for (const name of ["code", "code_verifier", "refresh_token", "device_code"]) note(form.get(name));
    const response = await fetch(input, init);
    const answer = (await response.clone().json()) as Record<string, unknown>;
    for (const name of ["access_token", "refresh_token", "id_token", "device_code", "client_info"])
      note(answer[name]);
    return response;
  };
  function note(value: unknown): void {
    if (typeof value === "string" && value.length > 8) secrets.add(value);
  }
}

describe("at the most talkative level", () => {
  test("no secret is in the log, an event, an error, or what is printed of a credential", async () => {
    const secrets = new Set<string>();
    const events: AuthenticationEvent[] = [];
    const errors: unknown[] = [];
    let opened = "";
    const credential = new InteractiveBrowserCredential({
      authorityHost: emulator.authorityHost,
      fetch: listeningFetch(secrets),
      onEvent: (event) => events.push(event),
      openBrowser: (url, context) => {
        opened = url;
        return emulator.person.openBrowser(url, context);
      },
    });
    await credential.getToken(ARM);
    await credential.getToken(ARM);
    await credential.getToken(STORAGE, { enableCae: true });
    const echoing = new InteractiveBrowserCredential({
      authorityHost: emulator.authorityHost,
      fetch: listeningFetch(secrets),
      disableAutomaticAuthentication: true,
      openBrowser: (url, context) => emulator.person.openBrowser(url, context),
    });
    await echoing.authenticate();
    // The authority repeats what it was sent.
    emulator.script({
      on: "refresh",
      error: {
        error: "invalid_grant",
        description: `AADSTS70000: not ${[...secrets].at(-1)}`,
        aadsts: 70000,
      },
    });
    await echoing.getToken(STORAGE).catch((error: unknown) => errors.push(error));
    expect(errors.every(isAuthenticationError)).toBe(true);
    expect(secrets.size).toBeGreaterThan(6);
    expect(written.length).toBeGreaterThan(3);
    for (const name of ["state", "nonce", "code_challenge"])
      secrets.add(new URL(opened).searchParams.get(name)!);

    const shown = [
      written.join(""),
      inspect(errors, { depth: 9 }),
      JSON.stringify(errors),
      inspect(credential, { depth: 9, showHidden: true }),
    ].join("\n");
    for (const secret of secrets) expect(shown.includes(secret)).toBe(false);
    // The address of the sign-in page is the one thing an event must carry; nothing in it redeems anything.
    const told = JSON.stringify(events.filter(({ type }) => type !== "prompt"));
    for (const secret of secrets) expect(told.includes(secret)).toBe(false);
  });

  test("nor the name of the person", async () => {
    const credential = new InteractiveBrowserCredential({
      authorityHost: emulator.authorityHost,
      loginHint: "ada@contoso.example",
      openBrowser: (url, context) => emulator.person.openBrowser(url, context),
    });
    await credential.getToken(ARM);
    expect(written.join("")).toContain("entrada:browser:info browser done");
    expect(written.join("")).not.toContain("ada@");
  });
});
