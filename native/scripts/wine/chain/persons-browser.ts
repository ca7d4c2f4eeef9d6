import { createServer } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import type { LocalAzure } from "../../../../examples/demo/local-azure.ts";

/** The browser of somebody who sits outside of Wine. */
export interface PersonsBrowser {
  /** Takes the address of a page, as the body of a POST. */
  readonly url: string;
  /** Once the person is done. */
  close(): Promise<void>;
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
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      await person.settled();
    },
  };
}
