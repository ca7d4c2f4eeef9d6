import { say } from "./say.mjs";

const CONCURRENT = 1000;

/**
 * Times calls whose token is in memory: one after the other (µs a call), and a thousand at once (µs a call).
 * @param call gets the token once
 * @param counts how many calls to time, after a tenth as many to warm up, and how many thousands at once
 */
export async function warmCalls(call, { sequential, thousands }) {
  await oneByOne(call, sequential / 10);
  const perCall = await oneByOne(call, sequential);
  await atOnce(call, Math.ceil(thousands / 10));
  const perConcurrentCall = await atOnce(call, thousands);
  say("warm", { perCall, perConcurrentCall });
}

async function oneByOne(call, times) {
  const started = performance.now();
  for (let time = 0; time < times; time += 1) await call();
  return ((performance.now() - started) * 1000) / times;
}

async function atOnce(call, thousands) {
  const started = performance.now();
  for (let time = 0; time < thousands; time += 1) {
    await Promise.all(Array.from({ length: CONCURRENT }, call));
  }
  return ((performance.now() - started) * 1000) / (thousands * CONCURRENT);
}
