import { createServer } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import type { LocalAzure } from "../../../../examples/demo/local-azure.ts";

/** The browser of somebody who sits outside of Wine. */
export interface PersonsBrowser extends AsyncDisposable {
  /** Takes the address of a page, as the body of a POST. */
  readonly url: string;
}

export async function openPersonsBrowser(person: LocalAzure["emulator"]["person"]): Promise<PersonsBrowser> {
  const server = createServer((request, response) => {
    void text(request)
      .then((url) => person.openBrowser(url))
      .then(() => response.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      await person.settled();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
