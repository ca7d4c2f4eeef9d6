import { queryObjects } from "node:v8";
import { expect, test } from "vitest";
import { listen } from "../../test/loopback/listen.ts";
import { exchange, request } from "../../test/loopback/raw-client.ts";

const REQUESTS = 200;

test("a listener that waits keeps nothing of the requests that it has answered", async () => {
  const { port } = await listen();
  const ask = async (): Promise<number> => {
    for (let turn = 0; turn < REQUESTS; turn += 1) await exchange(port, request(port, { target: "/x" }));
    return queryObjects(Promise, { format: "count" });
  };
  const before = await ask();
  expect((await ask()) - before).toBeLessThan(REQUESTS / 2);
});
