import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRedisProcess } from "./redis-process.ts";

export interface RedisServer {
  /** The path of its socket; it listens on no port. */
  readonly path: string;
  /** Ends it. What it holds is gone. */
  stop(): Promise<void>;
  /** After `stop`: another one at the same path, with nothing in it. */
  startAnew(): Promise<void>;
}

/** The server's program on this machine, Redis or Valkey, if there is one. */
export function redisProgram(): string | undefined {
  return ["redis-server", "valkey-server"].find((program) => {
    try {
      execFileSync(program, ["--version"], { stdio: "ignore" });
      return true;
    } catch {
      // Not installed.
      return false;
    }
  });
}

export async function startRedisServer(program: string): Promise<RedisServer> {
  let stop: () => Promise<void>;
  let path: string;
  const start = async (folder: string): Promise<void> => {
    const options = [
      "--port",
      "0",
      "--unixsocket",
      path,
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      folder,
    ];
    const server = startRedisProcess(program, options);
    await server.said("ready to accept connections");
    stop = async () => {
      await server.end();
      await rm(folder, { recursive: true });
    };
  };
  const folder = await mkdtemp(join(tmpdir(), "entrada-redis-"));
  path = join(folder, "redis.sock");
  await start(folder);
  return {
    path,
    stop: () => stop(),
    startAnew: async () => {
      await mkdir(folder);
      await start(folder);
    },
  };
}
