import type { Socket } from "node:net";
import type { BusValue } from "./bus-value.ts";
import { decodeMessage, encodeCall, messageLength, type BusCall, type BusMessage } from "./bus-message.ts";

/** Why a call on the bus failed; `busName` is the D-Bus error's name, absent if the bus itself was the trouble. */
export class BusError extends Error {
  override name = "BusError";
  readonly busName: string | undefined;

  constructor(message: string, busName?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.busName = busName;
  }
}

interface Waiting {
  readonly wants: (message: BusMessage) => boolean;
  readonly resolve: (values: readonly BusValue[]) => void;
  readonly reject: (error: Error) => void;
}

const BUS = "org.freedesktop.DBus";
const LONGEST_LINE = 512;

/** A connection to the session's message bus. It ends with `close` or when the signal aborts. */
export class SessionBus {
  readonly #socket: Socket;
  readonly #signal: AbortSignal | undefined;
  readonly #waiting = new Set<Waiting>();
  readonly #abort = (): void => this.#end(new BusError("Nobody waits for the bus any more"));
  #received: Buffer = Buffer.alloc(0);
  #serial = 0;
  #ended: Error | undefined;

  private constructor(path: string, signal: AbortSignal | undefined) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.#abort, { once: true });
    this.#socket = process.getBuiltinModule("node:net").connect({ path });
    this.#socket.on("error", (error) =>
      this.#end(new BusError("The bus cannot be reached", undefined, error)),
    );
    this.#socket.on("close", () => this.#end(new BusError("The bus has closed the connection")));
  }

  /** @throws BusError when there is no bus at the path, or it does not take this user. */
  static async connect(path: string, signal?: AbortSignal): Promise<SessionBus> {
    const bus = new SessionBus(path, signal);
    try {
      await bus.#authenticate();
      bus.#socket.on("data", (chunk: Buffer) => bus.#receive(chunk));
      bus.#receive(Buffer.alloc(0));
      await bus.call({ destination: BUS, path: "/org/freedesktop/DBus", interface: BUS, member: "Hello" });
      return bus;
    } catch (error) {
      bus.close();
      throw error;
    }
  }

  /** @throws BusError with the name of the error that came back. */
  call(call: BusCall): Promise<readonly BusValue[]> {
    const serial = ++this.#serial;
    const answer = this.#await(
      ({ kind, replyTo }) => replyTo === serial && (kind === "answer" || kind === "error"),
    );
    this.#socket.write(encodeCall(call, serial));
    return answer;
  }

  /** Waits for a signal from an object. */
  async expect(path: string, member: string): Promise<{ readonly arrived: Promise<readonly BusValue[]> }> {
    const rule = `type='signal',path='${path}',member='${member}'`;
    const match = { member: "AddMatch", signature: "s", values: [rule] };
    await this.call({ destination: BUS, path: "/org/freedesktop/DBus", interface: BUS, ...match });
    const arrived = this.#await((message) => {
      return message.kind === "signal" && message.path === path && message.member === member;
    });
    // It may end before anybody awaits it; whoever does still sees why.
    arrived.catch(() => {});
    return { arrived };
  }

  close(): void {
    this.#end(new BusError("The connection to the bus was closed"));
  }

  #await(wants: (message: BusMessage) => boolean): Promise<readonly BusValue[]> {
    return new Promise((resolve, reject) => {
      if (this.#ended) reject(this.#ended);
      else this.#waiting.add({ wants, resolve, reject });
    });
  }

  /** "Authentication Protocol": the kernel tells the bus who we are; no password is involved. */
  #authenticate(): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed: Waiting = { wants: () => false, resolve: () => {}, reject };
      this.#waiting.add(failed);
      if (this.#signal?.aborted) this.#abort();
      const listen = (chunk: Buffer): void => {
        this.#received = Buffer.concat([this.#received, chunk]);
        const end = this.#received.indexOf("\r\n");
        if (end < 0 && this.#received.length < LONGEST_LINE) return;
        const line = this.#received.toString("latin1", 0, Math.max(end, 0));
        if (!line.startsWith("OK ")) return this.#end(new BusError("The bus does not take this user"));
        this.#received = this.#received.subarray(end + 2);
        this.#socket.off("data", listen);
        this.#socket.write("BEGIN\r\n");
        this.#waiting.delete(failed);
        resolve();
      };
      this.#socket.on("data", listen);
      const user = Buffer.from(String(process.geteuid?.() ?? 0)).toString("hex");
      this.#socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    });
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    try {
      for (let length = messageLength(this.#received); length; length = messageLength(this.#received)) {
        const message = decodeMessage(this.#received.subarray(0, length));
        this.#received = this.#received.subarray(length);
        this.#deliver(message);
      }
    } catch (error) {
      this.#end(new BusError("The bus sent what is no D-Bus message", undefined, error));
    }
  }

  #deliver(message: BusMessage): void {
    for (const waiting of this.#waiting) {
      if (!waiting.wants(message)) continue;
      this.#waiting.delete(waiting);
      if (message.kind !== "error") waiting.resolve(message.values);
      else waiting.reject(new BusError("The call failed", message.errorName));
    }
  }

  #end(why: Error): void {
    if (this.#ended) return;
    this.#ended = why;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#socket.destroy();
    for (const waiting of this.#waiting) waiting.reject(why);
    this.#waiting.clear();
  }
}
