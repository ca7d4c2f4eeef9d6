import { spawn } from "node:child_process";
import { once } from "node:events";

export interface RedisProcess {
  /** Resolves as soon as its log has this in it. */
  said(text: string): Promise<void>;
  end(): Promise<void>;
}

export function startRedisProcess(program: string, options: readonly string[]): RedisProcess {
  const child = spawn(program, [...options], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  const waiting = new Map<string, () => void>();
  let log = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    log += text.toLowerCase();
    for (const [sought, resolve] of waiting) if (log.includes(sought)) resolve();
  });
  return {
    said: (text) =>
      new Promise<void>((resolve, reject) => {
        const sought = text.toLowerCase();
        if (log.includes(sought)) return resolve();
        waiting.set(sought, resolve);
        void closed.then(() => reject(new Error(`${program} ended: ${log}`)));
      }),
    end: async () => {
      child.kill();
      await closed;
    },
  };
}
