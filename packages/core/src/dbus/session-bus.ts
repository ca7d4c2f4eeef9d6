import type { Socket } from "node:net";
import { BusError } from "./bus-error.ts";
import type { BusValue } from "./bus-value.ts";
import { decodeMessage, encodeCall, messageLength, type BusCall, type BusMessage } from "./bus-message.ts";
import { openBusSocket, type OpenSocket } from "./bus-socket.ts";

interface Waiting {
  readonly wants: (message: BusMessage) => boolean;
  readonly resolve: (message: BusMessage) => void;
  readonly reject: (error: Error) => void;
}

export interface SessionBusOptions {
  /** Its abort ends the connection. */
  readonly signal?: AbortSignal | undefined;
  /** The longest message that is read, in bytes; a longer one ends the connection. @defaultValue 32 MiB */
  readonly longestMessage?: number | undefined;
}

export const BUS: Pick<BusCall, "destination" | "path" | "interface"> = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
};
const WRONG_TYPE = "org.freedesktop.DBus.Error.InvalidSignature";
// The specification would allow 128 MiB; the largest secret that is read is another program's whole cache.
const LONGEST_MESSAGE = 32 * 1024 * 1024;

/** A connection to the session's message bus. It ends with `close` or when the signal aborts. */
export class SessionBus {
  readonly #socket: Socket;
  readonly #signal: AbortSignal | undefined;
  readonly #longestMessage: number;
  readonly #waiting = new Set<Waiting>();
  readonly #listeners = new Set<(message: BusMessage) => void>();
  readonly #abort = (): void => this.#end(new BusError("Nobody waits for the bus any more"));
  #received: Buffer;
  #serial = 0;
  #ended: Error | undefined;

  private constructor({ socket, received }: OpenSocket, options: SessionBusOptions) {
    this.#socket = socket;
    this.#received = received;
    this.#signal = options.signal;
    this.#longestMessage = options.longestMessage ?? LONGEST_MESSAGE;
    this.#signal?.addEventListener("abort", this.#abort, { once: true });
    socket.on("error", (error) => this.#end(new BusError("The bus cannot be reached", undefined, error)));
    socket.on("close", () => this.#end(new BusError("The bus has closed the connection")));
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
  }

  /** @throws BusError when there is no bus at the path, or it does not take this user. */
  static async connect(path: string, options: SessionBusOptions = {}): Promise<SessionBus> {
    const bus = new SessionBus(await openBusSocket(path, options.signal), options);
    try {
      bus.#socket.resume();
      bus.#receive(Buffer.alloc(0));
      await bus.call({ ...BUS, member: "Hello" });
      return bus;
    } catch (error) {
      bus.close();
      throw error;
    }
  }

  /** Whether calls can still be made. */
  get isOpen(): boolean {
    return this.#ended === undefined;
  }

  /** From now on the connection keeps no process alive, whatever it waits for. */
  unref(): void {
    this.#socket.unref();
  }

  /**
   * @param signal - its abort gives the call up; an answer that still comes is dropped
   * @throws BusError with the name of the error that came back, or with none when the answer is not acceptable
   */
  async call(call: BusCall, signal?: AbortSignal): Promise<readonly BusValue[]> {
    const serial = ++this.#serial;
    const bytes = encodeCall(call, serial);
    const answer = this.#await((message) => isAnswer(message, serial, call), signal);
    if (this.#ended === undefined) this.#socket.write(bytes);
    const { kind, signature, errorName, values } = await answer;
    if (kind === "error") {
      const text = values()[0];
      throw new BusError(
        "The call failed",
        errorName,
        undefined,
        typeof text === "string" ? text : undefined,
      );
    }
    if (call.returns !== undefined && signature !== call.returns) {
      throw new BusError(`The answer to ${call.member} is not of the type "${call.returns}"`, WRONG_TYPE);
    }
    return values();
  }

  /** Waits for a signal from an object. */
  async expect(path: string, member: string): Promise<{ readonly arrived: Promise<readonly BusValue[]> }> {
    await this.#match(`type='signal',path='${path}',member='${member}'`);
    const arrived = this.#await((message) => {
      return message.kind === "signal" && message.path === path && message.member === member;
    }).then(({ values }) => values());
    // It may end before anybody awaits it; whoever does still sees why.
    arrived.catch(() => {});
    return { arrived };
  }

  /** Calls back each time that a name gets another owner, or none (""). */
  async watchOwner(name: string, changed: (owner: string) => void): Promise<void> {
    await this.#match(`type='signal',sender='${BUS.destination}',member='NameOwnerChanged',arg0='${name}'`);
    this.#listeners.add(({ kind, member, sender, values }) => {
      if (kind !== "signal" || member !== "NameOwnerChanged" || sender !== BUS.destination) return;
      const [whose, , owner] = values();
      if (whose === name) changed(typeof owner === "string" ? owner : "");
    });
  }

  close(): void {
    this.#end(new BusError("The connection to the bus was closed"));
  }

  async #match(rule: string): Promise<void> {
    await this.call({ ...BUS, member: "AddMatch", signature: "s", values: [rule] });
  }

  #await(wants: (message: BusMessage) => boolean, signal?: AbortSignal): Promise<BusMessage> {
    return new Promise<BusMessage>((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const leave = (): void => waiting.reject(new BusError("Nobody waits for the call any more"));
      const settled = (): void => {
        this.#waiting.delete(waiting);
        signal?.removeEventListener("abort", leave);
      };
      const waiting: Waiting = {
        wants,
        resolve: (message) => (settled(), resolve(message)),
        reject: (error) => (settled(), reject(error)),
      };
      this.#waiting.add(waiting);
      if (signal?.aborted) leave();
      else signal?.addEventListener("abort", leave, { once: true });
    });
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    try {
      for (;;) {
        const length = messageLength(this.#received, this.#longestMessage);
        if (length === undefined || this.#ended) return;
        const message = decodeMessage(this.#received.subarray(0, length));
        this.#received = this.#received.subarray(length);
        for (const waiting of this.#waiting) if (waiting.wants(message)) waiting.resolve(message);
        for (const listener of this.#listeners) listener(message);
      }
    } catch (error) {
      this.#end(new BusError("The bus sent what is no D-Bus message", undefined, error));
    }
  }

  #end(why: Error): void {
    if (this.#ended) return;
    this.#ended = why;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#socket.destroy();
    for (const waiting of this.#waiting) waiting.reject(why);
    this.#listeners.clear();
  }
}

// Anybody on the bus can send a message that looks like an answer: what one peer is asked, no other peer answers. For
// a peer that is gone the bus itself does.
function isAnswer({ kind, replyTo, sender }: BusMessage, serial: number, { destination }: BusCall): boolean {
  if (replyTo !== serial || (kind !== "answer" && kind !== "error")) return false;
  const knowsSender = destination.startsWith(":") || destination === BUS.destination;
  return !knowsSender || sender === destination || (kind === "error" && sender === BUS.destination);
}
