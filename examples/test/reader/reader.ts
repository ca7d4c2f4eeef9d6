import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@entrada/emulator";

/** Who has typed a block of the documentation: looks at the screen, has a browser, and signs in when asked. */
export interface Reader extends AsyncDisposable {
  /** For `BROWSER`. */
  readonly browser: string;
  /** An address that the browser can reach, with nothing on it: where a sign-in may end that is carried on by hand. */
  readonly lastPage: string;
  /**
   * Begins with a new program.
   * @param type puts a line into it
   * @returns what the reader is to be shown each time: all that the program has printed so far
   */
  follow(type: (line: string) => void): (screen: string) => void;
  /** Waits for what the reader is doing. Rejects with the first error that the reader met. */
  settled(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("browser-program.ts", import.meta.url));

export async function startReader({ person }: Emulator): Promise<Reader> {
  let typeNow = (_line: string): void => {};
  let answers: Promise<void>[] = [];
  const desk = createServer((request, response) => {
    if (request.method === "POST") answers.push(text(request).then((url) => person.openBrowser(url)));
    else typeNow(`${lastPage}${request.url}`);
    response.end();
  });
  desk.listen(0, "localhost");
  await once(desk, "listening");
  const { port } = desk.address() as AddressInfo;
  const lastPage = `http://localhost:${port}`;
  return {
    // In quotes, since a colon parts one browser from the next.
    browser: `"${process.execPath}" "${PROGRAM}" "${lastPage}" %s`,
    lastPage,
    follow(type) {
      typeNow = type;
      const seen = new Set<string>();
      const isNew = (what: string): boolean => !seen.has(what) && Boolean(seen.add(what));
      return (screen) => {
        for (const [url] of screen.matchAll(/https:\S+\/authorize\?\S+(?=\s)/g))
          if (isNew(url)) void person.openBrowser(url);
        for (const [, verificationUri = "", userCode = ""] of screen.matchAll(
          /(https:\S+\/devicelogin)[^]*?\b([A-Z0-9]{9})\b/g,
        ))
          if (isNew(userCode)) answers.push(person.answerDeviceCode({ verificationUri, userCode }));
      };
    },
    async settled() {
      const all = answers;
      answers = [];
      await Promise.all(all);
      await person.settled();
    },
    async [Symbol.asyncDispose]() {
      const closed = once(desk, "close");
      desk.close();
      desk.closeAllConnections();
      await closed;
    },
  };
}
