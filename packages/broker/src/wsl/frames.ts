/** A token answer is a few KiB, a list of accounts some tens. */
export const LONGEST_FRAME: number = 4 * 1024 * 1024;

/** A message on a pipe: how many bytes follow, in four bytes, little endian; then JSON in UTF-8. */
export function frameOf(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message), "utf8");
  const frame = Buffer.allocUnsafe(4 + body.length);
  frame.writeUInt32LE(body.length);
  body.copy(frame, 4);
  return frame;
}

/** Puts messages together from what comes of them, in whatever pieces. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #size = 0;

  /** @throws Error for what is no frame: nothing that follows can be read then */
  read(piece: Buffer): object[] {
    this.#pieces.push(piece);
    this.#size += piece.length;
    const messages: object[] = [];
    for (let message = this.#next(); message !== undefined; message = this.#next()) messages.push(message);
    return messages;
  }

  #next(): object | undefined {
    if (this.#size < 4) return undefined;
    const length = this.#joined().readUInt32LE();
    if (length > LONGEST_FRAME) throw new Error(`A message of ${length} bytes is too long.`);
    if (this.#size < 4 + length) return undefined;
    const whole = this.#joined();
    this.#pieces = [whole.subarray(4 + length)];
    this.#size -= 4 + length;
    return parsed(whole.subarray(4, 4 + length));
  }

  #joined(): Buffer {
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)];
    return this.#pieces[0] ?? Buffer.alloc(0);
  }
}

function parsed(body: Buffer): object {
  let message: unknown;
  try {
    message = JSON.parse(body.toString("utf8"));
  } catch {
    // The parser's own message quotes the text, and the text may hold a token.
  }
  if (typeof message === "object" && message !== null) return message;
  throw new Error("A message is no JSON object.");
}
