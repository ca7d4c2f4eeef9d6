import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface CountingProxy {
  readonly path: string;
  /** So many went through it, both ways together. */
  readonly bytes: number;
  close(): Promise<void>;
}

/** A socket that leads to the one at `target`. */
export async function countingProxy(target: string): Promise<CountingProxy> {
  const path = `${target}.proxy`;
  const sockets = new Set<Socket>();
  let bytes = 0;
  const server = createServer((client) => {
    const behind = connect(target);
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(from);
      from.on("data", (data) => {
        bytes += data.length;
        to.write(data);
      });
      from.on("close", () => to.destroy());
    }
  });
  server.listen(path);
  await once(server, "listening");
  return {
    path,
    get bytes() {
      return bytes;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}
