import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface RedisServer {
  /** The path of its socket; it listens on no port. */
  readonly path: string;
  stop(): Promise<void>;
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
  const folder = await mkdtemp(join(tmpdir(), "entrada-redis-"));
  const path = join(folder, "redis.sock");
  const child = spawn(
    program,
    ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no", "--dir", folder],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const closed = once(child, "close");
  child.stdout.setEncoding("utf8");
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(text).toLowerCase().includes("ready to accept connections")) break;
  }
  child.stdout.resume();
  return {
    path,
    stop: async () => {
      child.kill();
      await closed;
      await rm(folder, { recursive: true });
    },
  };
}
