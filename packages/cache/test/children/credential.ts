// credential.ts AUTHORITY_HOST DIRECTORY: a credential over the shared cache "test" that does what its parent says.
// The parent also plays the browser: it is sent the sign-in URL.
import { InteractiveBrowserCredential } from "@entrada/core";
import { persistentTokenCache } from "../../src/persistent-token-cache.ts";
import { fixedKeyStore } from "../support/fixed-key-store.ts";

/** What the parent asks for. */
export type Command =
  | { readonly id: number; readonly do: "getToken"; readonly scope: string; readonly mayAsk?: boolean }
  | { readonly id: number; readonly do: "accounts" | "signOut" };

/** What this process says: a page to open, or how a command went. */
export type Said =
  | { readonly url: string }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failed: string };

const [authorityHost, directory] = process.argv.slice(2) as [string, string];
const say = (said: Said): void => void process.send?.(said);
const options = {
  authorityHost,
  disableInstanceDiscovery: true,
  // Eight processes and whatever else a machine does: how long a lock is waited for is not what is tested.
  tokenCache: persistentTokenCache({
    name: "test",
    directory,
    keyStore: fixedKeyStore,
    lockTimeoutInMs: 100_000,
  }),
  openBrowser: (url: string) => say({ url }),
};
const asking = new InteractiveBrowserCredential(options);
const silent = new InteractiveBrowserCredential({ ...options, disableAutomaticAuthentication: true });

process.on("message", (command: Command) => {
  carryOut(command).then(
    (result) => say({ id: command.id, result }),
    (error: Error & { code?: string }) => say({ id: command.id, failed: error.code ?? error.message }),
  );
});

async function carryOut(command: Command): Promise<unknown> {
  switch (command.do) {
    case "getToken":
      return (await (command.mayAsk ? asking : silent).getToken(command.scope)).token;
    case "accounts":
      return (await silent.accounts()).map(({ username }) => username);
    case "signOut":
      await silent.signOut();
      return undefined;
  }
}
