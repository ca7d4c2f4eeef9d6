import { connect } from "node:net";

/**
 * Sends `count` requests, each on a connection of its own and `width` of them at a time, and counts what came back
 * by status (0: nothing). The sending side is closed after the bytes, so that every exchange ends.
 */
export async function flood(
  port: number,
  count: number,
  bytesOf: (index: number) => string | Uint8Array,
  width = 48,
): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const status = await statusOf(port, bytesOf(next++));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return statuses;
}

function statusOf(port: number, bytes: string | Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let head = "";
    socket.on("data", (chunk: Buffer) => {
      if (head.length < 12) head += chunk.toString("latin1");
    });
    // Refused or reset counts as no answer.
    socket.on("error", () => {});
    socket.once("close", () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)));
    socket.end(bytes);
  });
}
