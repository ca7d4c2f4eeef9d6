import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { platformKeyStore } from "./platform-key-store.ts";

const ITEM = { service: "Entrada token cache", account: "test" };

function platform(name: NodeJS.Platform): void {
  vi.spyOn(process, "platform", "get").mockReturnValue(name);
  onTestFinished(() => void vi.restoreAllMocks());
}

const CALLS = ["read", "write", "remove"] as const;

describe.each(CALLS)("%s", (call) => {
  const asked = (signal?: AbortSignal): Promise<unknown> => {
    const store = platformKeyStore(ITEM);
    return call === "write" ? store.write("secret", signal) : store[call](signal);
  };

  test.runIf(process.platform === "linux")(
    "goes, on Linux and the BSDs, to the session's bus, until nobody waits",
    async () => {
      const path = join(await temporaryFolder(), "bus");
      const server = createServer().listen(path);
      await once(server, "listening");
      onTestFinished(() => void server.close());
      vi.stubEnv("DBUS_SESSION_BUS_ADDRESS", `unix:path=${path}`);
      onTestFinished(() => void vi.unstubAllEnvs());
      for (const system of ["linux", "freebsd"] as const) {
        platform(system);
        const abort = new AbortController();
        const connected = once(server, "connection") as Promise<[Socket]>;
        const failure = failureOf(asked(abort.signal));
        const [socket] = await connected;
        const closed = once(socket.resume(), "close");
        abort.abort();
        expect(await failure).toMatchObject({ detail: "cache_no_encryption" });
        await closed;
      }
    },
  );

  // No binding for these is installed here.
  test.runIf(process.platform === "linux").each(["darwin", "win32"] as const)(
    "goes, on %s, to the binding for that system",
    async (system) => {
      platform(system);
      expect(await failureOf(asked())).toMatchObject({
        detail: "cache_no_encryption",
        message: expect.stringMatching(new RegExp(`could not be loaded on ${system}-`)) as string,
        cause: {
          message: expect.stringMatching(
            new RegExp(`neither @napi-rs/keyring-${system}-.* nor @napi-rs/keyring$`),
          ) as string,
          cause: expect.any(Error) as Error,
        },
      });
    },
  );
});
