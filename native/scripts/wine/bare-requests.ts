import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { silentAnswer, TOKEN_LENGTH } from "../../test/wine/silent-answer.ts";
import { winePath } from "./paths.ts";
import type { ProcessCase } from "./process-cases.ts";
import type { WamHost } from "./wam-host.ts";

// The numbers of the addon's own test in lifetime.wine.ts.
const WARM_UP = 2_000;
const COUNT = 10_000;
const ENDED_INLINE = { ...silentAnswer, "provider.complete": "inline", "token.complete": "inline" };

/** What `test/bare` says of its requests. */
interface Measured {
  readonly succeeded: number;
  readonly tokenCharacters: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly liveObjects: number;
  readonly violations: number;
}

/** The addon's silent requests without the addon: what is left of their cost is that of Windows, here of the fake. */
export const bareRequests: ProcessCase = {
  name: "lifetime: 10,000 bare silent requests, ended inline: the addon's calls, and memory stays flat",
  run: async (host) => {
    assert.deepEqual(await callsOfBareRequest(host), await callsOfAddon(host));

    const { seconds, cpuSeconds, bytesBefore, bytesAfter, ...counts } = await measure(host, WARM_UP, COUNT);
    const grown = (bytesAfter - bytesBefore) / 1_048_576;
    console.log(
      `  ${COUNT} bare silent requests, ended inline, in ${seconds.toFixed(2)} s; ${(COUNT / seconds).toFixed(0)} a ` +
        `second, ${((cpuSeconds * 1e6) / COUNT).toFixed(0)} µs of CPU each; ` +
        `resident ${(bytesAfter / 1_048_576).toFixed(1)} MB, ${grown.toFixed(2)} MB more than before`,
    );
    assert.deepEqual(counts, {
      succeeded: COUNT,
      tokenCharacters: COUNT * TOKEN_LENGTH,
      liveObjects: 0,
      violations: 0,
    });
    // One answer that is never freed would be 80 MB.
    assert.ok(grown < 6, `${grown.toFixed(2)} MB more`);
  },
};

// Without a journal: writing it would be most of the work.
async function measure(
  { prefix, files }: WamHost,
  warmUp: number,
  count: number,
  journal = "",
): Promise<Measured> {
  assert.ok(files.bareRequests);
  const { code, stdout, stderr } = await prefix.run([files.bareRequests, String(warmUp), String(count)], {
    env: { FAKE_WAM_SCENARIO: scenario(), FAKE_WAM_LOG: journal },
    timeoutInMs: 300_000,
  });
  assert.equal(code, 0, stdout + stderr);
  return JSON.parse(stdout) as Measured;
}

async function callsOfBareRequest(host: WamHost): Promise<readonly string[]> {
  rmSync(host.journal, { force: true });
  await measure(host, 0, 1, winePath(host.journal));
  return journalOf(host);
}

async function callsOfAddon(host: WamHost): Promise<readonly string[]> {
  rmSync(host.journal, { force: true });
  const { code, stderr } = await host.run(join("test", "wine", "process", "answered-end.ts"), {
    env: { FAKE_WAM_SCENARIO: scenario() },
  });
  assert.equal(code, 0, stderr);
  return journalOf(host);
}

function journalOf({ journal }: WamHost): readonly string[] {
  return readFileSync(journal, "utf8").trim().split("\n");
}

function scenario(): string {
  return new URLSearchParams(ENDED_INLINE).toString();
}
