import { once } from "node:events";
import { createServer } from "node:net";

/** Binds the port on each of the addresses, alone, and lets go of it; throws when somebody has it. */
export async function canBind(
  port: number,
  addresses: readonly string[] = ["127.0.0.1", "::1"],
): Promise<void> {
  for (const host of addresses) {
    const server = createServer().listen({ port, host, exclusive: true });
    await once(server, "listening");
    server.close();
    await once(server, "close");
  }
}
