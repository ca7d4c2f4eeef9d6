import type { IncomingMessage } from "node:http";

export type FormBody =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "too_large" }
  | { readonly kind: "not_utf8" }
  /** The browser went away before the form was complete. */
  | { readonly kind: "cut_off" };

const LARGEST_FORM_BYTES = 64 * 1024;

/** Whether the head alone says that {@link readForm} would not take the body. */
export function announcesTooLarge({ headers }: Pick<IncomingMessage, "headers">): boolean {
  // node:http has refused a length that is no number; a form without one is measured as it comes.
  return Number(headers["content-length"] ?? 0) > LARGEST_FORM_BYTES;
}

/** Reads a form post, at most 64 KiB of it. Never rejects. */
export function readForm(request: IncomingMessage): Promise<FormBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      // Later chunks are dropped as they come: the sender is being told to stop.
      if (size > LARGEST_FORM_BYTES) {
        chunks.length = 0;
        resolve({ kind: "too_large" });
      } else {
        chunks.push(chunk);
      }
    });
    request.once("end", () => resolve(decode(Buffer.concat(chunks))));
    request.once("error", () => resolve({ kind: "cut_off" }));
    request.once("close", () => resolve({ kind: "cut_off" }));
  });
}

// Decoded as a whole: a character may be spread over two chunks.
function decode(body: Buffer): FormBody {
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body) };
  } catch {
    return { kind: "not_utf8" };
  }
}
