/*
 * The other side of a call on the bus, written apart from the client so that a mistake of one is not the other's:
 * as much of D-Bus as somebody needs who owns a name and answers calls whose arguments are texts.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface ServiceCall {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature: string;
  readonly texts: readonly string[];
  readonly sender: string;
}

/** What a service answers: texts, or an error. */
export type ServiceReply =
  | { readonly text: string }
  | { readonly error: string; readonly text: string }
  /** As it is: the signature and the bytes of a body. */
  | { readonly signature: string; readonly body: Buffer }
  /** Nothing at all, ever. */
  | undefined;

export type Answering = (call: ServiceCall) => ServiceReply | Promise<ServiceReply>;

const BUS = "org.freedesktop.DBus";
const PATH = 1;
const INTERFACE = 2;
const MEMBER = 3;
const ERROR_NAME = 4;
const REPLY_SERIAL = 5;
const DESTINATION = 6;
const SENDER = 7;
const SIGNATURE = 8;

/** A connection that can own names. */
export class BusService {
  readonly #socket: Socket;
  readonly #answering: Answering;
  readonly #replies = new Map<number, (body: Buffer) => void>();
  #buffer = Buffer.alloc(0);
  #serial = 0;
  /** The connection's own name, which the bus gives. */
  uniqueName = "";

  private constructor(socket: Socket, answering: Answering) {
    this.#socket = socket;
    this.#answering = answering;
    socket.on("error", () => {});
  }

  static async connect(path: string, answering: Answering): Promise<BusService> {
    const socket = connect(path);
    await once(socket, "connect");
    const service = new BusService(socket, answering);
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.())).toString("hex")}\r\n`);
    const [line] = (await once(socket, "data")) as [Buffer];
    if (!line.toString().startsWith("OK")) throw new Error(`The bus said ${line.toString()}`);
    socket.write("BEGIN\r\n");
    socket.on("data", (chunk) => service.#read(chunk));
    service.uniqueName = textAt(await service.#askBus("Hello", []), 0);
    return service;
  }

  async own(name: string): Promise<void> {
    // 4: do not wait in line.
    const body = await this.#askBus("RequestName", [name], 4);
    if (body.readUInt32LE(0) !== 1) throw new Error(`${name} is taken`);
  }

  async release(name: string): Promise<void> {
    await this.#askBus("ReleaseName", [name]);
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Sends somebody an answer to a call that they have not made to us. */
  sendUnasked(to: string, serial: number, text: string): void {
    this.#send(2, [...replyFields(serial, to), field(SIGNATURE, "g", "s")], bodyOf([text]));
  }

  #askBus(member: string, texts: readonly string[], flags?: number): Promise<Buffer> {
    const signature = "s".repeat(texts.length) + (flags === undefined ? "" : "u");
    const body = bodyOf(texts, flags);
    return new Promise((resolve) => {
      this.#replies.set(this.#serial + 1, resolve);
      const fields = [
        field(PATH, "o", "/org/freedesktop/DBus"),
        field(INTERFACE, "s", BUS),
        field(MEMBER, "s", member),
        field(DESTINATION, "s", BUS),
        ...(signature ? [field(SIGNATURE, "g", signature)] : []),
      ];
      this.#send(1, fields, body);
    });
  }

  #send(type: number, fields: readonly Buffer[], body: Buffer): void {
    const padded = fields.map((each, index) => (index === fields.length - 1 ? each : to8(each)));
    const list = Buffer.concat(padded);
    const fixed = Buffer.alloc(16);
    fixed.write("l", 0, "latin1");
    fixed.writeUInt8(type, 1);
    fixed.writeUInt8(1, 3);
    fixed.writeUInt32LE(body.length, 4);
    this.#serial += 1;
    fixed.writeUInt32LE(this.#serial, 8);
    fixed.writeUInt32LE(list.length, 12);
    this.#socket.write(Buffer.concat([to8(Buffer.concat([fixed, list])), body]));
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    while (this.#buffer.length >= 16) {
      const fieldsEnd = 16 + this.#buffer.readUInt32LE(12);
      const bodyStart = Math.ceil(fieldsEnd / 8) * 8;
      const end = bodyStart + this.#buffer.readUInt32LE(4);
      if (this.#buffer.length < end) return;
      const message = this.#buffer.subarray(0, end);
      this.#buffer = this.#buffer.subarray(end);
      this.#take(message, readFields(message, fieldsEnd), message.subarray(bodyStart));
    }
  }

  #take(message: Buffer, fields: ReadonlyMap<number, string | number>, body: Buffer): void {
    const type = message.readUInt8(1);
    if (type === 2 || type === 3) {
      const serial = fields.get(REPLY_SERIAL) as number;
      if (type === 3) throw new Error(`The bus refused: ${fields.get(ERROR_NAME)}`);
      this.#replies.get(serial)?.(body);
      this.#replies.delete(serial);
    }
    if (type !== 1) return;
    const text = (number: number): string => String(fields.get(number) ?? "");
    const signature = text(SIGNATURE);
    const call: ServiceCall = {
      path: text(PATH),
      interface: text(INTERFACE),
      member: text(MEMBER),
      signature,
      texts: /^s*$/.test(signature) ? textsOf(body, signature.length) : [],
      sender: text(SENDER),
    };
    void this.#reply(call, message.readUInt32LE(8));
  }

  async #reply(call: ServiceCall, serial: number): Promise<void> {
    const reply = await this.#answering(call);
    if (reply === undefined) return;
    const fields = replyFields(serial, call.sender);
    if ("error" in reply) {
      const all = [...fields, field(ERROR_NAME, "s", reply.error), field(SIGNATURE, "g", "s")];
      return this.#send(3, all, bodyOf([reply.text]));
    }
    const [signature, body] = "text" in reply ? ["s", bodyOf([reply.text])] : [reply.signature, reply.body];
    return this.#send(2, [...fields, field(SIGNATURE, "g", signature)], body);
  }
}

function replyFields(serial: number, to: string): readonly Buffer[] {
  const number = Buffer.alloc(8);
  number.write("\u0005\u0001u\u0000", 0, "latin1");
  number.writeUInt32LE(serial, 4);
  return [number, field(DESTINATION, "s", to)];
}

/** One field of a header, from a multiple of 8. */
function field(number: number, type: "o" | "s" | "g", text: string): Buffer {
  const start = Buffer.from([number, 1, type.charCodeAt(0), 0]);
  const bytes = Buffer.from(text);
  if (type === "g") return Buffer.concat([start, Buffer.from([bytes.length]), bytes, Buffer.of(0)]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([start, length, bytes, Buffer.of(0)]);
}

function readFields(message: Buffer, end: number): ReadonlyMap<number, string | number> {
  const fields = new Map<number, string | number>();
  for (let at = 16; at < end; at = Math.ceil(at / 8) * 8) {
    const number = message.readUInt8(at);
    const type = message.toString("latin1", at + 2, at + 3);
    at += 4;
    if (type === "u") {
      fields.set(number, message.readUInt32LE(at));
      at += 4;
    } else {
      const [length, start] =
        type === "g" ? [message.readUInt8(at), at + 1] : [message.readUInt32LE(at), at + 4];
      fields.set(number, message.toString("utf8", start, start + length));
      at = start + length + 1;
    }
  }
  return fields;
}

function bodyOf(texts: readonly string[], number?: number): Buffer {
  let body: Buffer = Buffer.alloc(0);
  const align = (): Buffer => Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  for (const text of texts) {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    body = Buffer.concat([align(), length, bytes, Buffer.of(0)]);
  }
  if (number === undefined) return body;
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(number);
  return Buffer.concat([align(), flags]);
}

function textsOf(body: Buffer, count: number): string[] {
  const texts: string[] = [];
  let at = 0;
  while (texts.length < count) {
    at = Math.ceil(at / 4) * 4;
    texts.push(textAt(body, at));
    at += 4 + body.readUInt32LE(at) + 1;
  }
  return texts;
}

function textAt(body: Buffer, at: number): string {
  return body.toString("utf8", at + 4, at + 4 + body.readUInt32LE(at));
}

function to8(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
}
