import { createClient } from "redis";
import { afterAll, describe } from "vitest";
import { redisProgram, startRedisServer, type RedisServer } from "./redis-server.ts";

export interface RunningRedis {
  /** The server's program, for another one. */
  readonly program: string;
  readonly server: RedisServer;
  /** Connected to it. */
  readonly client: ReturnType<typeof createClient>;
}

/**
 * Tests on a server of their own, and of a client of it; skipped where none is installed.
 * @param what - what is tried there
 */
export function describeOnRedis(what: string, tests: (redis: RunningRedis) => void): void {
  const program = redisProgram();
  if (program === undefined)
    console.warn(`Skipped ${what} on a real server: no redis-server and no valkey-server is installed.`);
  describe.runIf(program)(`${what} on a real server`, async () => {
    // What is skipped is collected all the same.
    if (program === undefined) return;
    const server = await startRedisServer(program);
    const client: RunningRedis["client"] = createClient({ socket: { path: server.path, tls: false } });
    await client.connect();
    afterAll(async () => {
      client.destroy();
      await server.stop();
    });
    tests({ program, server, client });
  });
}
