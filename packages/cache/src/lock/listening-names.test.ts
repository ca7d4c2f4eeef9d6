import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { isListenedOn } from "./listening-names.ts";

describe.runIf(process.platform === "linux")("a name of the abstract namespace (Linux only)", () => {
  test("is listened on until its socket closes, and not for those who stay connected", async () => {
    const name = `\0entrada-test-${randomUUID()}`;
    expect(isListenedOn(name)).toBe(false);
    const server = createServer({ allowHalfOpen: true }).listen({ path: name });
    await once(server, "listening");
    expect(isListenedOn(name)).toBe(true);
    const accepted = once(server, "connection") as Promise<[Socket]>;
    const client = connect({ path: name, allowHalfOpen: true });
    const [socket] = await accepted;
    onTestFinished(() => void (client.destroy(), socket.destroy()));
    server.close();
    expect(isListenedOn(name)).toBe(false);
  });

  test("is not another that begins or ends like it", async () => {
    const name = `\0entrada-test-${randomUUID()}`;
    const server = createServer().listen({ path: `${name}-longer` });
    await once(server, "listening");
    onTestFinished(() => void server.close());
    expect(isListenedOn(name)).toBe(false);
    expect(isListenedOn("\0-longer")).toBe(false);
    expect(isListenedOn(`${name}-longer`)).toBe(true);
  });
});

test("of names with zeros it is known how the system writes them, and of sockets which of them listen", async () => {
  const list = join(await temporaryFolder(), "unix");
  await writeFile(
    list,
    [
      "Num       RefCount Protocol Flags    Type St Inode Path",
      "0000000000000000: 00000002 00000000 00010000 0001 01 27001 @listens@@",
      "0000000000000000: 00000003 00000000 00000000 0001 03 27002 @connected",
      "0000000000000000: 00000002 00000000 00010000 0001 01 27003",
      "",
    ].join("\n"),
  );
  expect(isListenedOn("\0listens\0\0", list)).toBe(true);
  expect(isListenedOn("\0connected", list)).toBe(false);
  expect(isListenedOn("\0other", list)).toBe(false);
});

test("a system that does not tell, tells of none", async () => {
  expect(isListenedOn("\0any", join(await temporaryFolder(), "none"))).toBe(false);
});
