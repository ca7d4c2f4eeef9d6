import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalAzure, type LocalAzure } from "../../demo/local-azure.ts";
import { startAzureProxy, type AzureProxy } from "./azure-proxy.ts";
import { documentedAzure } from "./documented-azure.ts";
import { startKeyring } from "./keyring.ts";
import { startReader, type Reader } from "./reader.ts";

/** A machine on which somebody tries the documentation, and around which all of Azure stands on this machine. */
export interface ReadersMachine extends AsyncDisposable {
  readonly azure: LocalAzure;
  readonly proxy: AzureProxy;
  readonly reader: Reader;
  readonly hasKeyring: boolean;
  /** A new home folder. */
  newHome(): Promise<string>;
  /** The environment of a program that means Azure. */
  environment(home: string): NodeJS.ProcessEnv;
  /** The environment of a program that starts an authority of its own. */
  environmentAlone(home: string): NodeJS.ProcessEnv;
}

export async function startReadersMachine(): Promise<ReadersMachine> {
  const started: AsyncDisposable[] = [];
  const stop = async (): Promise<void> => {
    for (const each of started.toReversed()) await each[Symbol.asyncDispose]();
  };
  try {
    return { ...(await start((one) => void started.push(one))), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  own: (one: AsyncDisposable) => void,
): Promise<Omit<ReadersMachine, keyof AsyncDisposable>> {
  const owned = <T extends AsyncDisposable>(one: T): T => {
    own(one);
    return one;
  };
  const folder = await mkdtemp(join(tmpdir(), "entrada-reader-"));
  own({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
  const azure = owned(await startLocalAzure(documentedAzure));
  const proxy = owned(await startAzureProxy(azure));
  const reader = owned(await startReader(azure.emulator));
  const keyring = await startKeyring(folder);
  if (keyring) own(keyring);
  const authorities = join(folder, "authorities.pem");
  await writeFile(authorities, azure.emulator.certificateAuthority + proxy.certificate);
  let homes = 0;
  const environmentAlone = (home: string): NodeJS.ProcessEnv => ({
    PATH: process.env["PATH"],
    HOME: home,
    XDG_RUNTIME_DIR: home,
  });
  return {
    azure,
    proxy,
    reader,
    hasKeyring: keyring !== undefined,
    async newHome() {
      const home = join(folder, `home-${++homes}`);
      await mkdir(home);
      return home;
    },
    environmentAlone,
    environment: (home) => ({
      ...environmentAlone(home),
      AZURE_AUTHORITY_HOST: azure.emulator.authorityHost,
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: authorities,
      BROWSER: reader.browser,
      LAST_PAGE: reader.lastPage,
      ...(keyring && { DBUS_SESSION_BUS_ADDRESS: keyring.bus }),
    }),
  };
}
