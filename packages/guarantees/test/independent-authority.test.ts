import { createServer, type Server } from "node:https";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { Provider } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { FormPerson } from "./form-person.ts";
import { hasTerminals, runInTerminal } from "./paste/in-terminal.ts";

/**
 * The credentials against a certified OpenID Provider, so that our emulator is not the only judge of our protocol.
 * It is set up as an authority; only the address of its metadata is Entra's.
 */
const CLIENT = "1f6c2e0a-3b4d-4f5e-8a9b-0c1d2e3f4a5b";
const SCOPE = "api://judge/read";
const OTHER = "api://judge/write";

let certificates: Emulator;
let undo: () => void;
let server: Server;
let authorityHost: string;
let person: (answers?: Record<string, string>, leavesHome?: boolean) => FormPerson;

beforeAll(async () => {
  // The provider tells whoever starts it what a production setup would need.
  for (const method of ["info", "warn"] as const) vi.spyOn(console, method).mockImplementation(() => {});
  certificates = await startEmulator();
  undo = certificates.trust();
  const { certificate, privateKey } = await certificates.issueServerCertificate();
  let answer: ReturnType<Provider["callback"]> | undefined;
  server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    request.url = request.url!.replace(/^\/[^/]+\/v2\.0\/\.well-known/, "/.well-known");
    void answer!(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  authorityHost = `https://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(authorityHost, {
    clients: [
      {
        client_id: CLIENT,
        application_type: "native",
        token_endpoint_auth_method: "none",
        redirect_uris: ["http://localhost"],
        response_types: ["code"],
        grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
      },
    ],
    scopes: ["openid", "profile", "offline_access", SCOPE, OTHER],
    claims: { openid: ["sub"], profile: ["preferred_username"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { deviceFlow: { enabled: true }, devInteractions: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: `${id}@judge.example` }),
    }),
    issueRefreshToken: (_, client) => client.grantTypeAllowed("refresh_token"),
    cookies: { keys: ["only for this test"] },
    jwks: { keys: [await signingKey()] },
  });
  answer = provider.callback();
  person = (answers = {}, leavesHome = true) =>
    new FormPerson(
      certificates.certificateAuthority,
      { login: "ada", password: "x", ...answers },
      leavesHome,
    );
});

afterAll(async () => {
  vi.restoreAllMocks();
  undo();
  server.closeAllConnections();
  server.close();
  await certificates[Symbol.asyncDispose]();
});

async function signingKey(): Promise<Record<string, unknown>> {
  const parameters = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const { privateKey } = await crypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
  return { ...(await crypto.subtle.exportKey("jwk", privateKey)), alg: "RS256", use: "sig" };
}

describe("a certified OpenID Provider accepts", () => {
  test("the sign-in through the browser, and renewals from its rotating refresh token", async () => {
    const opened: string[] = [];
    const credential = new InteractiveBrowserCredential({
      authorityHost,
      clientId: CLIENT,
      prompt: "consent",
      openBrowser: (url) => {
        opened.push(url);
        void person().open(url);
      },
    });
    const scopes = [SCOPE, OTHER];
    const first = await credential.getToken(scopes);
    expect((await credential.accounts())[0]).toMatchObject({ username: "ada@judge.example" });
    const second = await credential.getToken(SCOPE);
    const third = await credential.getToken(OTHER);
    expect(new Set([first.token, second.token, third.token]).size).toBe(3);
    expect(opened.length).toBe(1);
  });

  test.skipIf(!hasTerminals)("the address that a person pastes at a terminal over SSH", async () => {
    const folder = mkdtempSync(join(tmpdir(), "entrada-ca-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "ca.pem"), certificates.certificateAuthority);
    const terminal = runInTerminal(
      `import { InteractiveBrowserCredential } from ${JSON.stringify(import.meta.resolve("@entrada/core"))};
      const c = new InteractiveBrowserCredential({
        authorityHost: ${JSON.stringify(authorityHost)}, clientId: "${CLIENT}", prompt: "consent" });
      const { token } = await c.getToken("${SCOPE}");
      console.log("program says " + typeof token + ".");`,
      { SSH_CONNECTION: "10.0.0.1 50000 10.0.0.2 22", NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") },
    );
    const [, url = ""] = await terminal.until(/(https:\/\/localhost:\S+\/auth\?\S+)/);
    const address = await person({}, false).open(url);
    const { searchParams } = new URL(address);
    // The provider names itself in its answers, so nothing less than the whole address will do.
    expect(searchParams.get("iss")).toBe(authorityHost);
    terminal.type(`${searchParams.get("code")!}\r`);
    await terminal.until(/A code alone is not enough/);
    terminal.type(`${address.replace(/&iss=[^&]*/, "")}\r`);
    await terminal.until(/another authority/);
    terminal.type(`${address}\r`);
    await terminal.until(/program says string\./);
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });

  test("the sign-in by device code", async () => {
    const credential = new DeviceCodeCredential({
      authorityHost,
      clientId: CLIENT,
      userPromptCallback: ({ userCode, verificationUri }) => {
        void person({ user_code: userCode }).open(verificationUri);
      },
    });
    expect((await credential.getToken([SCOPE, OTHER])).token).toBeTruthy();
    expect((await credential.getToken(OTHER)).token).toBeTruthy();
  }, 240_000);
});
