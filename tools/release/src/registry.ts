import { once } from "node:events";
import { mkdirSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { runServer } from "verdaccio";

/** A package registry on this machine that knows nothing but what is published to it. */
export interface LocalRegistry extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** The lines of an `.npmrc` that send one scope here, and nothing else. */
  readonly npmrc: string;
}

/** Starts a registry on a free port of the loopback address, with its files in `folder`. */
export async function startRegistry(folder: string, scope: string): Promise<LocalRegistry> {
  mkdirSync(folder, { recursive: true });
  const server: Server = await runServer({
    self_path: join(folder, "config.yaml"),
    configPath: join(folder, "config.yaml"),
    storage: join(folder, "storage"),
    // No uplink: whatever has not been published in this rehearsal is not there.
    uplinks: {},
    packages: { [`${scope}/*`]: { access: "$all", publish: "$anonymous" } },
    max_body_size: "50mb",
    log: { type: "stdout", format: "json", level: "fatal" },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}/`;
  return {
    url: `http://${host}`,
    // npm and pnpm insist on a token before they publish; this registry asks for none.
    npmrc: `${scope}:registry=http://${host}\n//${host}:_authToken=nobody\n`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
