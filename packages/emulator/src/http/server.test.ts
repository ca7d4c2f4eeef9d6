import { X509Certificate } from "node:crypto";
import { connect } from "node:tls";
import { once } from "node:events";
import { connect as connectTcp, createServer, type AddressInfo } from "node:net";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createCertificateAuthority } from "./certificates.ts";
import { EmulatorTrustError, startEmulator, type Emulator } from "../index.ts";
import { nameInUrls } from "./loopback.ts";
import { trustCertificateAuthority } from "./trust.ts";
import { send } from "../../test/raw-client.ts";
import { startForTest } from "../../test/start-for-test.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator[Symbol.asyncDispose]());

const KEYS = "/common/discovery/v2.0/keys";

describe("who is let in", () => {
  test.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])("Host %s", async (name) => {
    expect((await send(emulator, KEYS, { headers: { host: `${name}:${emulator.port}` } })).status).toBe(200);
  });

  test.each(["example.com", "localhost", "localhost:1", "localhost.example:1", "127.0.0.1.nip.example"])(
    "not Host %j",
    async (host) => {
      expect((await send(emulator, KEYS, { headers: { host } })).status).toBe(400);
    },
  );

  test("IPv6, on the same port", async () => {
    expect((await send(emulator, KEYS, { address: "::1" })).status).toBe(200);
  });

  test("no page of another origin: never a CORS header", async () => {
    for (const method of ["GET", "OPTIONS"]) {
      const { headers } = await send(emulator, KEYS, {
        method,
        headers: { origin: "https://elsewhere.example" },
      });
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  test("nobody from another machine, unless that is meant", async () => {
    await expect(startEmulator({ host: "0.0.0.0" })).rejects.toThrow(RangeError);
    const open = await startForTest({ host: "0.0.0.0", allowOtherMachines: true });
    expect((await send(open, KEYS)).status).toBe(200);
  });
});

describe("where it says that it is, it answers", () => {
  test.each([
    ["::1", "[::1]"],
    ["127.0.0.1", "127.0.0.1"],
    ["localhost", "localhost"],
    ["0.0.0.0", "localhost"],
  ])("listening on %s", async (host, name) => {
    const one = await startForTest({ host, allowOtherMachines: true });
    onTestFinished(one.trust());
    expect(one.authorityHost).toBe(`https://${name}:${one.port}`);
    expect(one.armEndpoint).toBe(one.authorityHost);

    const answer = await fetch(`${one.authorityHost}/organizations/v2.0/.well-known/openid-configuration`);
    const { token_endpoint } = (await answer.json()) as Record<string, string>;
    expect(token_endpoint).toBe(`${one.authorityHost}/organizations/oauth2/v2.0/token`);
  });

  test("an address of this machine that others reach has a name and a certificate, too", async () => {
    const name = nameInUrls("2001:DB8:0::1");
    expect(name).toBe("[2001:db8::1]");
    const authority = await createCertificateAuthority("2001:db8::1");
    const { certificate } = await authority.issueServerCertificate();
    expect(new X509Certificate(certificate).checkIP("2001:db8::1")).toBe("2001:db8::1");
  });
});

describe("what is answered", () => {
  test.each([
    ["POST", KEYS, 405, "GET"],
    ["GET", "/organizations/oauth2/v2.0/token", 400, "POST, OPTIONS"],
    ["GET", "/organizations/oauth2/v2.0/devicecode", 400, "POST, OPTIONS"],
    ["DELETE", "/devicelogin", 405, "GET"],
    ["GET", "/nothing/here", 404, undefined],
    ["GET", "//", 404, undefined],
    ["GET", "/%E0%A4%A/v2.0/.well-known/openid-configuration", 400, undefined],
  ])("%s %s with %i", async (method, path, status, allow) => {
    const answer = await send(emulator, path, { method });
    expect([answer.status, answer.headers.allow]).toEqual([status, allow]);
  });

  test("a token asked for by GET with the number that says so", async () => {
    const { json } = await send(emulator, "/organizations/oauth2/v2.0/token");
    expect(json).toMatchObject({ error: "invalid_request", error_codes: [900561] });
  });

  test("a body over 64 KiB with 413", async () => {
    const form = { grant_type: "x".repeat(70_000) };
    expect((await send(emulator, "/organizations/oauth2/v2.0/token", { form })).status).toBe(413);
  });

  test("an open door: the emulator survives what is no HTTP at all", async () => {
    const socket = connect({
      port: emulator.port,
      host: "127.0.0.1",
      ca: emulator.certificateAuthority,
      servername: "localhost",
    });
    await once(socket, "secureConnect");
    socket.resume().end("\u0000\u0001 garbage\r\n\r\n");
    await once(socket, "close");
    expect((await send(emulator, KEYS)).status).toBe(200);
  });
});

test("the port is the one that was asked for, and a taken one is an error", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as AddressInfo;
  await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  blocker.close();
  await once(blocker, "close");
  const one = await startForTest({ port });
  expect(one.authorityHost).toBe(`https://localhost:${port}`);
});

test.each(["that says nothing", "that is about to ask"])("closing waits for no client %s", async (kind) => {
  const own = await startEmulator();
  const slow = connectTcp(own.port, "127.0.0.1");
  const ended = once(slow, "close");
  await once(slow, "connect");
  // A later client was let in, so that one is, too.
  await send(own, KEYS);
  const closing = own[Symbol.asyncDispose]();
  if (kind === "that is about to ask") {
    const secure = connect({ socket: slow, servername: "localhost", ca: own.certificateAuthority });
    secure.on("error", () => {}); // cut off, as it should be
    secure.write(`GET ${KEYS} HTTP/1.1\r\nHost: localhost:${own.port}\r\n\r\n`);
  }
  await expect(closing).resolves.toBeUndefined();
  await ended;
});

test("two emulators do not know each other", async () => {
  const other = await startForTest();
  const [mine, theirs] = [(await send(emulator, KEYS)).json, (await send(other, KEYS)).json];
  expect(mine["keys"][0]["kid"]).not.toBe(theirs["keys"][0]["kid"]);
  expect(other.certificateAuthority).not.toBe(emulator.certificateAuthority);
});

describe("trust", () => {
  test("makes fetch work, for as long as it lasts", async () => {
    const one = await startForTest();
    const ask = () => fetch(one.authorityHost + KEYS, { headers: { connection: "close" } });
    await expect(ask()).rejects.toThrow("fetch failed");
    const undo = one.trust();
    expect((await ask()).status).toBe(200);
    const second = await startForTest();
    const undoSecond = second.trust();
    expect((await fetch(second.authorityHost + KEYS)).status).toBe(200);
    undoSecond();
    undo();
    expect(tls.getCACertificates("default")).not.toContain(one.certificateAuthority);
  });

  test("ends with the emulator", async () => {
    const one = await startEmulator();
    one.trust();
    const other = await startForTest();
    onTestFinished(other.trust());
    expect(tls.getCACertificates("default")).toContain(one.certificateAuthority);
    await one[Symbol.asyncDispose]();
    expect(tls.getCACertificates("default")).not.toContain(one.certificateAuthority);
    expect(tls.getCACertificates("default")).toContain(other.certificateAuthority);
  });

  test("covers another server with a certificate of the same authority", async () => {
    const { certificate, privateKey } = await emulator.issueServerCertificate();
    const server = tls.createServer({ cert: certificate, key: privateKey }, (socket) => socket.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: "127.0.0.1", ca: emulator.certificateAuthority });
    await once(socket, "secureConnect");
    expect(socket.authorized).toBe(true);
    socket.destroy();
    server.close();
  });

  test("says what to do where Node.js cannot", () => {
    expect(() => trustCertificateAuthority("", {})).toThrow(EmulatorTrustError);
    expect(() => trustCertificateAuthority("", {})).toThrow(/NODE_EXTRA_CA_CERTS/);
  });
});
