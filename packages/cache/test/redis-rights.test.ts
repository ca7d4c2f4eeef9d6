import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeTokenCacheStore } from "@entrada/core/testing";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RIGHTS } from "../src/redis/redis-commands.ts";
import { redisTokenCache, type RedisClient } from "../src/redis.ts";
import { failureOf } from "./support/cache-fixture.ts";
import { redisProgram, startRedisServer, type RedisServer } from "./support/redis-server.ts";

const program = redisProgram();
const KEY = randomBytes(32);
const SOURCES = join(import.meta.dirname, "../src/redis");
/** Every command that a script gives. */
const COMMANDS = new Set(
  readdirSync(SOURCES)
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) =>
      Array.from(readFileSync(join(SOURCES, file), "utf8").matchAll(/redis\.call\("(\w+)"/g)),
    )
    .map(([, command]) => command!),
);

describe.runIf(program)("the rights that a server's user needs", () => {
  let server: RedisServer;
  const clientOf = (username: string) =>
    createClient({ username, password: "any", socket: { path: server.path, tls: false } });
  let admin: ReturnType<typeof clientOf>;
  let user: ReturnType<typeof clientOf>;

  beforeAll(async () => {
    server = await startRedisServer(program!);
    admin = clientOf("default");
    await admin.connect();
    await admin.sendCommand(["ACL", "SETUSER", "cache", "reset", "on", "nopass", ...RIGHTS.split(" ")]);
    await admin.sendCommand(["ACL", "SETUSER", "other", "reset", "on", "nopass", "~other:*", "+@all"]);
    user = clientOf("cache");
    await user.connect();
  });
  afterAll(async () => {
    for (const client of [user, admin]) client.destroy();
    await server.stop();
  });

  const cache = (client: RedisClient = user, name: string = randomUUID()) =>
    redisTokenCache({ client, name, key: KEY });

  describeTokenCacheStore("redisTokenCache, whose user has what its errors say and no more", () => {
    const name = randomUUID();
    return { open: () => cache(user, name) };
  });

  test("are of every command that is given, and of none that is dangerous", async () => {
    expect(COMMANDS.size).toBeGreaterThan(10);
    const about = (await admin.sendCommand(["COMMAND", "INFO", ...COMMANDS])) as [string, ...unknown[]][];
    for (const [command, , , , , , categories] of about) {
      expect([command, categories]).toEqual([
        command,
        expect.toSatisfy((all: string[]) => all.includes("@read") || all.includes("@write")),
      ]);
      expect(categories).not.toContain("@dangerous");
    }
  });

  test("are told to whoever has others, with the server's word as the cause", async () => {
    const other = clientOf("other");
    await other.connect();
    for (const work of [cache(other).read("k"), cache(other).list(), cache(other).write("k", KEY)]) {
      const failure = await failureOf(work);
      expect(failure).toMatchObject({
        code: "cache",
        cause: { message: expect.stringContaining("NOPERM") as string },
      });
      expect(failure.message).toContain(RIGHTS);
    }
    other.destroy();
  });

  test("are in the README, too", () => {
    expect(readFileSync(join(import.meta.dirname, "../README.md"), "utf8")).toContain(`\`${RIGHTS}\``);
  });
});
