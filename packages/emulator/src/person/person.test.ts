import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startEmulator, type Emulator } from "../index.ts";
import { authorize, authorizePath } from "../../test/raw-client.ts";
import { startForTest } from "../../test/start-for-test.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator[Symbol.asyncDispose]());

const urlOf = (changes: Record<string, string> = {}) =>
  emulator.authorityHost + authorizePath(emulator, changes);

async function listener(answer: (url: string) => { status: number; location?: string }): Promise<{
  readonly origin: string;
  readonly asked: readonly string[];
}> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split("?")[0]}`);
    const { status, location } = answer(request.url ?? "");
    response.writeHead(status, location === undefined ? {} : { location }).end("<h1>Signed in</h1>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, asked };
}

test.each([[null], [{}], [{ action: "aprove" }], [{ action: "approve", account: 7 }], ["approve"]])(
  "an answer that is none is refused when it is scripted: %j",
  (answer) => {
    const good = { action: "approve" } as const;
    expect(() => emulator.person.script(good, answer as never)).toThrow(TypeError);
    expect(() => emulator.person.script(answer as never)).toThrow(/^person\.script: an answer must be /);
  },
);

test("goes to the application and follows it home, and sees what it says", async () => {
  const app = await listener((url) =>
    url === "/done" ? { status: 200 } : { status: 303, location: "/done" },
  );
  await emulator.person.openBrowser(urlOf({ redirect_uri: app.origin }));
  await emulator.person.settled();
  expect(app.asked).toEqual(["POST /", "GET /done"]);
  expect(emulator.person.visits.at(-1)).toEqual({ outcome: "answered", page: "Signed in", status: 200 });
});

test("comes to the emulator by a link of the application, too", async () => {
  const app = await listener((url) =>
    url === "/link" ? { status: 303, location: urlOf({ redirect_uri: app.origin }) } : { status: 200 },
  );
  await emulator.person.openBrowser(`${app.origin}/link`);
  await emulator.person.settled();
  expect(app.asked).toEqual(["GET /link", "POST /"]);
  expect(emulator.person.visits.at(-1)).toMatchObject({ outcome: "answered", page: "Signed in" });
});

test("does not leave the machine", async () => {
  const app = await listener(() => ({ status: 302, location: "https://elsewhere.example/" }));
  await emulator.person.openBrowser(urlOf({ redirect_uri: app.origin }));
  await expect(emulator.person.settled()).rejects.toThrow("does not leave this machine");
});

test("picks the hinted account, or the scripted one before it", async () => {
  const hint = { login_hint: "mary@fabrikam.example" };
  const utidOf = (answer: URLSearchParams) =>
    JSON.parse(Buffer.from(answer.get("client_info") ?? "", "base64url").toString()).utid as string;
  const { tenantId, otherTenantId } = emulator.defaults;
  expect(utidOf((await authorize(emulator, hint)).answer)).toBe(otherTenantId);
  emulator.person.script({ action: "approve", account: "ada@contoso.example" });
  expect(utidOf((await authorize(emulator, hint)).answer)).toBe(tenantId);
});

test("P17: cancels before signing in, of which the application is told no more than that", async () => {
  emulator.person.script({ action: "cancel" });
  const { answer } = await authorize(emulator);
  expect(Object.fromEntries(answer)).toEqual({
    error: "access_denied",
    error_subcode: "cancel",
    state: "state-of-the-client",
  });
  emulator.person.script({ action: "decline" });
  expect((await authorize(emulator)).answer.get("error_description")).toContain("AADSTS65004");
});

test("closes the page and leaves the application waiting", async () => {
  emulator.person.script({ action: "close" });
  const before = emulator.count("signin");
  await emulator.person.openBrowser(urlOf());
  await emulator.person.settled();
  expect(emulator.person.visits.at(-1)).toEqual({ outcome: "closed", page: "Choose an account" });
  expect(emulator.count("signin")).toBe(before);
});

test("is stuck on a page without a way back", async () => {
  await emulator.person.openBrowser(urlOf({ redirect_uri: "https://elsewhere.example" }));
  await emulator.person.settled();
  expect(emulator.person.visits.at(-1)).toEqual({
    outcome: "stuck",
    page: "This sign-in cannot start",
    status: 400,
  });
});

test("stops when the application does", async () => {
  const stop = new AbortController();
  emulator.person.script({ action: "approve", delayInMs: 60_000 });
  const visits = emulator.person.visits.length;
  await emulator.person.openBrowser(urlOf(), { signal: stop.signal });
  stop.abort();
  await emulator.person.settled();
  expect(emulator.person.visits.length).toBe(visits);
});

test("does by default what the emulator was started with", async () => {
  const declining = await startForTest({ person: { action: "decline" } });
  expect((await authorize(declining)).answer.get("error")).toBe("access_denied");
});
