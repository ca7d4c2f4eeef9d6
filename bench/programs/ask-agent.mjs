// Asks the agent of `entrada run` for one token again and again, as the Azure SDK does, and says what the slowest of
// twenty takes.
import { request } from "node:http";
import { say } from "./say.mjs";

const CALLS = 400;
const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = process.env;
const url = new URL(`${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=https://management.azure.com`);

function ask() {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const sent = request(url, { headers: { "x-identity-header": IDENTITY_HEADER } }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`The agent answered ${answer.statusCode}`));
      answer.resume().on("end", () => resolve(Number(process.hrtime.bigint() - began) / 1e6));
    });
    sent.on("error", reject).end();
  });
}

// The first one reads the store.
await ask();
const times = [];
while (times.length < CALLS) times.push(await ask());
times.sort((one, other) => one - other);
say("asked", { p95InMs: times[Math.floor(CALLS * 0.95)] });
