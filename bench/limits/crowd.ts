import { once } from "node:events";
import { startEmulator } from "@entrada/emulator";
import { endlessPost } from "../../packages/core/test/loopback/endless-post.ts";
import { flood } from "../../packages/core/test/loopback/flood.ts";
import { formPost, halfOpen } from "../../packages/core/test/loopback/raw-client.ts";
import { startChild, type Child } from "./child.ts";
import { below, exactly, type LimitWork } from "./limit.ts";

const MB = 1e6;
// V8's young generation grows with the load alone; kept small, the figures show what the listener keeps.
const NODE = ["--expose-gc", "--max-semi-space-size=1"];

/** A sign-in whose listener is beleaguered: what it needs, and how long the real answer then takes. */
export const crowd: LimitWork = {
  name: "crowd",
  async measure(share) {
    await using emulator = await startEmulator();
    using child = startChild({ program: "pending-sign-in", emulator, nodeArguments: NODE });
    const { url } = (await child.next()) as { url: string };
    const port = Number(new URL(new URL(url).searchParams.get("redirect_uri")!).port);
    const wrong = (index: number): string =>
      formPost(port, { code: `code-${index}`, state: `state-${index}` });

    await flood(port, 1000 * share, wrong);
    const before = await memoryOf(child);
    const sockets = [];
    const starts = ["", "G", "GET / HTTP/1.1\r\n", wrong(0).slice(0, -1)];
    for (let index = 0; index < 2000 * share; index += 1)
      sockets.push(await halfOpen(port, starts[index % starts.length]));
    const statuses = await flood(port, 20_000 * share, wrong);
    const grown = (await memoryOf(child)) - before;

    const posted = await memoryOf(child);
    const { status, taken } = await endlessPost(port);
    const grownByPost = (await memoryOf(child)) - posted;

    const began = performance.now();
    const visit = emulator.person.openBrowser(url);
    const { signedIn } = await child.next();
    const took = performance.now() - began;
    await visit;
    for (const socket of sockets) if (!socket.closed) await once(socket, "close");
    // Over the limit of connections some are closed unheard.
    const otherwise = [...statuses.keys()].filter((each) => each !== 400 && each !== 0).length;
    return [
      exactly("wrong answers that were answered in another way than by a refusal", 0, otherwise),
      below("memory for 2,000 half-open connections and 20,000 wrong answers", "MB", 20 * MB, grown),
      exactly("status of an endless form post", 413, status),
      below("an endless form post is read up to", "MB", 10 * MB, taken),
      below("memory for it", "MB", 5 * MB, grownByPost),
      exactly("the real answer gets through", 1, Number(signedIn === true)),
      below("from the person's first click to the token", "s", 1000, took),
    ];
  },
};

async function memoryOf(child: Child): Promise<number> {
  child.ask("rss");
  return Number((await child.next())["rss"]);
}
