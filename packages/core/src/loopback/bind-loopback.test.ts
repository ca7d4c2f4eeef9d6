import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type ListenOptions, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, it, onTestFinished } from "vitest";
import { isAuthenticationError } from "../errors/authentication-error.ts";
import { type Bindable, bindLoopback } from "./bind-loopback.ts";

type Binding = (options: ListenOptions) => { readonly port: number } | { readonly error: string };

/** Servers that bind as `binding` says, so that a machine with other addresses can be described. */
function serversThat(binding: Binding): {
  create: () => Bindable;
  tried: ListenOptions[];
  open: Set<Bindable>;
} {
  const tried: ListenOptions[] = [];
  const open = new Set<Bindable>();
  class FakeServer extends EventEmitter implements Bindable {
    #port = 0;
    listen(options: ListenOptions): void {
      tried.push(options);
      const result = binding(options);
      queueMicrotask(() => {
        if ("error" in result) {
          this.emit("error", Object.assign(new Error(result.error), { code: result.error }));
          return;
        }
        this.#port = result.port;
        open.add(this);
        this.emit("listening");
      });
    }
    address(): { port: number } {
      return { port: this.#port };
    }
    close(callback?: () => void): void {
      open.delete(this);
      callback?.();
    }
  }
  return { create: () => new FakeServer(), tried, open };
}

const anyPort = { host: "localhost", port: 0 } as const;

async function bindReal(port = 0): Promise<{ port: number; servers: readonly Server[] }> {
  const bound = await bindLoopback({ host: "localhost", port }, () => createServer());
  onTestFinished(async () => {
    for (const server of bound.servers) {
      server.close();
      await once(server, "close");
    }
  });
  return bound;
}

/** "listening", or why not. */
async function listenCode(options: ListenOptions): Promise<string> {
  const server = createServer();
  const result = new Promise<string>((resolve) => {
    server.once("listening", () => resolve("listening"));
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
  });
  server.listen(options);
  if ((await result) === "listening") {
    server.close();
    await once(server, "close");
  }
  return result;
}

describe("the loopback addresses", () => {
  it("are both bound, on one port, for nobody else", async () => {
    const { port, servers } = await bindReal();
    expect(servers.map((server) => server.address())).toEqual([
      { address: "127.0.0.1", family: "IPv4", port },
      { address: "::1", family: "IPv6", port },
    ]);
    // Elsewhere a wildcard may be bound besides, but a connection to a loopback address comes to the narrower one.
    const wildcards = process.platform === "linux" ? ["::", "0.0.0.0"] : [];
    for (const host of ["127.0.0.1", "::1", "localhost", ...wildcards]) {
      expect(await listenCode({ host, port, exclusive: true })).toBe("EADDRINUSE");
      expect(await listenCode({ host, port })).toBe("EADDRINUSE");
    }
  });

  it.runIf(process.platform === "linux")("are the only ones that are listened on", async () => {
    const { port } = await bindReal();
    const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
    const listening = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .filter(([, local, , state]) => state === "0A" && local?.endsWith(`:${hexPort}`))
        .map(([, local]) => local?.split(":")[0]),
    );
    expect(new Set(listening)).toEqual(new Set(["00000000000000000000000001000000", "0100007F"]));
  });

  it("cannot be reached through another address of the machine", async () => {
    const { port } = await bindReal();
    const others = Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).filter((one) => !one.internal && one.family === "IPv4"),
    );
    for (const { address } of others) expect(await listenCode({ host: address, port })).toBe("listening");
  });
});

describe("choosing a port", () => {
  it("goes on to another one when ::1 is taken there", async () => {
    const taken = new Set([1001, 1002]);
    let next = 1001;
    const fake = serversThat(({ host, port }) => {
      if (host === "127.0.0.1") return { port: next++ };
      return taken.has(port ?? 0) ? { error: "EADDRINUSE" } : { port: port ?? 0 };
    });
    expect((await bindLoopback(anyPort, fake.create)).port).toBe(1003);
    // What was bound on the way is free again.
    expect(fake.open.size).toBe(2);
    expect(fake.tried.every((options) => options.exclusive)).toBe(true);
    // An address of IPv6 is never one of IPv4 as well: the other server has that.
    expect(fake.tried.map(({ host, ipv6Only }) => ipv6Only === (host === "::1"))).not.toContain(false);
    for (const server of fake.open)
      expect(
        ["error", "listening"].map((event) => (server as unknown as EventEmitter).listenerCount(event)),
      ).toEqual([0, 0]);
  });

  it("ends after ten tries", async () => {
    const fake = serversThat(({ host }) => (host === "127.0.0.1" ? { port: 1001 } : { error: "EADDRINUSE" }));
    await expect(bindLoopback(anyPort, fake.create)).rejects.toMatchObject({ detail: "listener_failed" });
    expect(fake.tried).toHaveLength(20);
    expect(fake.open.size).toBe(0);
  });

  it.each(["EADDRNOTAVAIL", "EAFNOSUPPORT"])("does with IPv4 alone when IPv6 answers %s", async (error) => {
    const fake = serversThat(({ host }) => (host === "127.0.0.1" ? { port: 1001 } : { error }));
    const { servers, port } = await bindLoopback(anyPort, fake.create);
    expect([servers.length, port]).toEqual([1, 1001]);
  });

  it("does with IPv6 alone when there is no IPv4", async () => {
    const fake = serversThat(({ host }) => (host === "::1" ? { port: 1001 } : { error: "EADDRNOTAVAIL" }));
    expect((await bindLoopback(anyPort, fake.create)).port).toBe(1001);
  });

  it.each(["EACCES", "EMFILE", "ENFILE", "ENOBUFS", "EPERM", "EADDRNOTAVAIL"])(
    "says so when no port can be had: %s",
    async (code) => {
      const fake = serversThat(() => ({ error: code }));
      const error: unknown = await bindLoopback(anyPort, fake.create).catch((e: unknown) => e);
      expect(isAuthenticationError(error)).toBe(true);
      expect(error).toMatchObject({
        name: "CredentialUnavailableError",
        code: "browser_unavailable",
        detail: "listener_failed",
        cause: { code },
      });
      // What is no matter of the port is none of another port either.
      if (code !== "EACCES") expect(fake.tried.length).toBeLessThanOrEqual(2);
    },
  );

  it.each([7, undefined])("says so, too, when the system names no reason: %s", async (code) => {
    const fake = serversThat(() => ({ error: code as never }));
    await expect(bindLoopback(anyPort, fake.create)).rejects.toMatchObject({
      detail: "listener_failed",
      message: expect.stringContaining("(unknown error)"),
    });
  });

  it("asks whoever has a fixed port for it once, and tries once more", async () => {
    let asked = 0;
    const fake = serversThat(() => ({ error: "EADDRINUSE" }));
    const ask = async (): Promise<boolean> => (asked += 1) > 0;
    await expect(bindLoopback({ host: "localhost", port: 8400 }, fake.create, ask)).rejects.toMatchObject({
      detail: "port_in_use",
    });
    expect([asked, fake.tried.length]).toEqual([1, 2]);
  });

  it.each(["EADDRINUSE", "EACCES"])("does not look for another one when it is fixed: %s", async (code) => {
    const fake = serversThat(() => ({ error: code }));
    await expect(bindLoopback({ host: "localhost", port: 8400 }, fake.create)).rejects.toMatchObject({
      name: "TypeError",
      detail: "port_in_use",
      message: expect.stringMatching(/"redirectUri".*8400/),
    });
    expect(fake.tried).toHaveLength(1);
  });

  it("frees 127.0.0.1 when a fixed port is taken on ::1", async () => {
    const blocker = createServer().listen({ port: 0, host: "::1" });
    await once(blocker, "listening");
    onTestFinished(() => void blocker.close());
    const { port } = blocker.address() as { port: number };
    await expect(bindReal(port)).rejects.toMatchObject({ detail: "port_in_use" });
    expect(await listenCode({ host: "127.0.0.1", port, exclusive: true })).toBe("listening");
  });
});
