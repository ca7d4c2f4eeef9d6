const UTF_8 = new TextDecoder("utf-8", { fatal: true });

/** `undefined` for what is no text or no JSON. */
export function parsedJson(bytes: Uint8Array): unknown {
  try {
    return parsedText(UTF_8.decode(bytes));
  } catch {
    return undefined;
  }
}

/** `undefined` for what is no JSON. The parser's own message would quote the text, which may hold tokens. */
export function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
