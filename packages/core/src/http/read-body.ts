import type { IncomingMessage } from "node:http";
import { HttpTransportError, LONGEST_BODY } from "./http-transport.ts";
import { transportFault } from "./transport-fault.ts";

type Inflate = (body: Buffer) => Promise<Buffer>;

/** Reads an answer's body to its end, at most {@link LONGEST_BODY} bytes both as sent and inflated. */
export async function readBody(answer: IncomingMessage): Promise<Uint8Array> {
  if (Number(answer.headers["content-length"]) > LONGEST_BODY) throw tooLarge(answer);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > LONGEST_BODY) throw tooLarge(answer);
      chunks.push(chunk);
    }
  } catch (error) {
    throw transportFault(error, true);
  }
  const body = Buffer.concat(chunks, length);
  return length === 0 ? body : inflated(body, answer.headers["content-encoding"]);
}

async function inflated(body: Buffer, encoding: string | undefined): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() || "identity";
  if (name === "identity") return body;
  const inflate = inflaterOf(name);
  if (inflate === undefined) {
    throw new HttpTransportError("malformed_response", "The answer's content coding is unknown", {
      sent: true,
    });
  }
  try {
    return await inflate(body);
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    const fault = tooLong ? "response_too_large" : "malformed_response";
    throw new HttpTransportError(fault, "The answer could not be inflated", { sent: true, cause: error });
  }
}

// zlib is loaded when something is compressed, not before.
function inflaterOf(name: string): Inflate | undefined {
  const zlib = process.getBuiltinModule("node:zlib");
  const { promisify } = process.getBuiltinModule("node:util");
  const limit = { maxOutputLength: LONGEST_BODY };
  switch (name) {
    case "gzip":
    case "x-gzip":
      return (body) => promisify<Buffer, object, Buffer>(zlib.gunzip)(body, limit);
    case "deflate":
      return (body) => promisify<Buffer, object, Buffer>(zlib.inflate)(body, limit);
    case "br":
      return (body) => promisify<Buffer, object, Buffer>(zlib.brotliDecompress)(body, limit);
    default:
      return undefined;
  }
}

function tooLarge(answer: IncomingMessage): HttpTransportError {
  answer.destroy();
  return new HttpTransportError("response_too_large", "The answer is too large", { sent: true });
}
