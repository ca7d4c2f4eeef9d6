import { InteractiveBrowserCredential } from "@entrada/core";
import { startEmulator } from "@entrada/emulator";
import { startChild } from "./child.ts";
import { exactly, type LimitWork } from "./limit.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";
const PROCESSES = 8;

/** How often a person and an authority are asked when a thousand callers, or eight processes, want the same at once. */
export const singleFlight: LimitWork = {
  name: "single-flight",
  async measure() {
    await using emulator = await startEmulator();
    emulator.trust();
    let opened = 0;
    const credential = new InteractiveBrowserCredential({
      authorityHost: emulator.authorityHost,
      openBrowser: (url) => {
        opened += 1;
        void emulator.person.openBrowser(url);
      },
    });
    const thousand = async (scope: string): Promise<void> => {
      await Promise.all(Array.from({ length: 1000 }, () => credential.getToken(scope)));
    };
    await thousand(ARM);
    const discoveries = emulator.count("discovery");
    const redeemed = emulator.count("redeem");
    await thousand(STORAGE);
    const renewed = emulator.count("refresh");
    return [
      exactly("prompts for 1,000 callers", 1, opened),
      exactly("requests for metadata", 1, discoveries),
      exactly("codes redeemed", 1, redeemed),
      exactly("renewals for 1,000 callers", 1, renewed),
      exactly(`renewals for ${PROCESSES} processes`, 1, await renewalsOfProcesses()),
    ];
  },
};

async function renewalsOfProcesses(): Promise<number> {
  await using emulator = await startEmulator();
  using first = startChild({ program: "shared-cache", emulator });
  const { url, folder } = (await first.next()) as { url: string; folder: string };
  await emulator.person.openBrowser(url);
  await first.next();
  const children = Array.from({ length: PROCESSES }, () =>
    startChild({ program: "shared-cache", emulator, arguments: [folder] }),
  );
  await Promise.all(children.map((child) => child.next()));
  for (const child of children) child.ask("go");
  const tokens = await Promise.all(children.map(async (child) => (await child.next())["token"]));
  for (const child of children) child[Symbol.dispose]();
  if (new Set(tokens).size !== 1) throw new Error(`${new Set(tokens).size} tokens for one renewal`);
  return emulator.count("refresh");
}
