import { connect } from "node:net";
import { closed, request } from "./raw-client.ts";

const MOST_IN_BYTES = 100 * 1024 * 1024;

/** Posts until the listener has had enough; `taken` is what it let itself be sent. */
export async function endlessPost(port: number): Promise<{ status: number; taken: number }> {
  const socket = connect({ port, host: "127.0.0.1" });
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  socket.on("error", () => {});
  const gone = closed(socket);
  const chunk = Buffer.alloc(64 * 1024, "a");
  const head = request(port, {
    method: "POST",
    headers: ["Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked"],
  });
  socket.write(head);
  let taken = 0;
  while (!socket.destroyed && taken < MOST_IN_BYTES) {
    const line = Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);
    await Promise.race([new Promise<void>((resolve) => socket.write(line, () => resolve())), gone]);
    taken += chunk.length;
  }
  socket.destroy();
  await gone;
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), taken };
}
