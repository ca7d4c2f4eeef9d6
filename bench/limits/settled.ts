import { once } from "node:events";
import { createServer } from "node:net";
import { startEmulator } from "@entrada/emulator";
import { startChild } from "./child.ts";
import { below, exactly, type Limit, type LimitWork } from "./limit.ts";

const ENDS = ["token", "timeout", "abort"] as const;

/** What is left of a sign-in once it has settled, well or not. */
export const settled: LimitWork = {
  name: "settled",
  async measure() {
    const limits: Limit[] = [];
    for (const end of ENDS) limits.push(...(await after(end)));
    return limits;
  },
};

async function after(end: (typeof ENDS)[number]): Promise<readonly Limit[]> {
  await using emulator = await startEmulator();
  using child = startChild({ program: "one-sign-in", emulator, arguments: [end] });
  const { url } = (await child.next()) as { url: string };
  const port = Number(new URL(new URL(url).searchParams.get("redirect_uri")!).port);
  if (end === "token") await emulator.person.openBrowser(url);
  const { lingered } = (await child.next()) as { lingered: number };
  const { code } = await child.ended;
  return [
    below(`from ${end} to the end of the process, which nothing keeps`, "ms", 200, lingered),
    exactly(`exit code after ${end}`, 0, code ?? -1),
    exactly(`the port is free after ${end}`, 1, Number(await isFree(port))),
  ];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  const [, error] = await Promise.race([
    once(server, "listening").then(() => ["listening", undefined]),
    once(server, "error").then(([reason]) => ["error", reason]),
  ]);
  server.close();
  return error === undefined;
}
