import { countingProxy } from "../../../packages/cache/test/support/counting-proxy.ts";
import { redisProgram, startRedisServer } from "../../../packages/cache/test/support/redis-server.ts";
import { runProgram } from "../../measure/run-program.ts";
import { row, type Row } from "../../report/row.ts";
import type { Stage } from "../work.ts";

const ACCOUNTS = 10_000;
const SAVES = 20;

/** What crosses the network for one account among many. Counted, not timed. */
export async function redisTraffic({ applications }: Stage): Promise<readonly Row[]> {
  const program = redisProgram();
  if (!program) {
    console.warn(
      "Left out, as neither redis-server nor valkey-server is installed: what crosses the network",
    );
    return [];
  }
  const server = await startRedisServer(program);
  const proxy = await countingProxy(server.path);
  const run = (path: string, what: readonly (string | number)[], onSaid?: () => void) =>
    runProgram({
      application: applications["entrada-redis"],
      program: "save-redis",
      arguments: [path, ...what.map(String)],
      ...(onSaid && { onSaid }),
    });
  try {
    await run(server.path, ["fill", ACCOUNTS]);
    const marks: number[] = [];
    await run(proxy.path, [1, SAVES], () => marks.push(proxy.bytes));
    const [first, last] = [marks[0]!, marks.at(-1)!];
    return [
      row({
        work: "Redis: bytes for one renewal among 10,000 accounts",
        unit: "kB",
        rounds: [(last - first) / (SAVES - 1) / 1000],
        entrada: (each) => each,
        goal: { below: 8 },
        note: "both ways, of an account that has 3 kB of tokens; the connection is there",
      }),
    ];
  } finally {
    await proxy.close();
    await server.stop();
  }
}
