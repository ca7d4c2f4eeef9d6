import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksOf, documents, type CodeBlock } from "./documents.ts";
import { blocksNotRun } from "./reader/blocks-not-run.ts";
import { blocksWithTests } from "./reader/blocks-with-tests.ts";
import type { ExpectedRun, ExpectedRuns } from "./reader/expected-run.ts";
import { startReadersMachine, type ReadersMachine } from "./reader/readers-machine.ts";
import { runTests } from "./reader/run-tests.ts";
import { runsOfGuides } from "./reader/runs-of-guides.ts";
import { runsOfReadmes } from "./reader/runs-of-readmes.ts";
import { tryModule, type TriedModule } from "./reader/try-module.ts";
import { layOut, type Workshop } from "./workshop.ts";

const blocks = documents().flatMap(blocksOf);
const expectedRuns: ExpectedRuns = { ...runsOfReadmes, ...runsOfGuides };

test("every block of the documentation is run, or there is a reason why not", () => {
  const known = [expectedRuns, blocksWithTests, blocksNotRun].flatMap((each) => Object.keys(each));

  expect(known.toSorted()).toEqual(blocks.map(({ name }) => name).toSorted());
});

// The pages say what happens on each system; what is looked at here is what a reader on Linux meets.
if (process.platform !== "linux") console.warn("Skipped: the blocks of the documentation are run on Linux.");

describe.runIf(process.platform === "linux")("a reader who runs", () => {
  let machine: ReadersMachine;
  let workshop: Workshop;
  beforeAll(async () => {
    [machine, workshop] = await Promise.all([startReadersMachine(), layOut("documentation-runs", blocks)]);
  });
  afterAll(() => machine?.[Symbol.asyncDispose]());

  test.for(runs())("$title", async ({ block, expected }) => {
    const module = await moduleFor(block, expected);
    const home = await machine.newHome();
    const here = await expectedHere(expected);

    expect(await tryModule(machine, { module, home, expected })).toEqual(endOf(here));
    if (here.keeps)
      expect(await tryModule(machine, { module, home, expected })).toEqual(
        endOf({ ...expected, signIn: "never" }),
      );
  });

  test("the tests among the blocks sees them pass", async () => {
    const { folder } = workshop;
    const tests = blocks.filter(({ name }) => name in blocksWithTests);
    const env = machine.environmentAlone(await machine.newHome());
    const ended = await runTests(folder, tests.map(workshop.moduleOf), env);

    for (const block of tests) {
      const results = ended.get(join(folder, workshop.moduleOf(block))) ?? [];
      expect(results).toContainEqual({
        fullName: expect.stringMatching(blocksWithTests[block.name] ?? ""),
        status: "passed",
      });
      expect(results.filter(({ status }) => status !== "passed")).toEqual([]);
    }
  });

  async function expectedHere(expected: ExpectedRun): Promise<ExpectedRun> {
    if (expected.keeps && !machine.hasKeyring) return WITHOUT_KEYRING;
    return expected.port === undefined || (await isFree(expected.port)) ? expected : WITH_PORT_TAKEN;
  }

  async function moduleFor(block: CodeBlock, { use }: ExpectedRun): Promise<string> {
    const module = join(workshop.folder, workshop.moduleOf(block));
    if (use === undefined) return module;
    const user = join(dirname(module), `use-of-${basename(module)}`);
    await writeFile(user, use.replace("BLOCK", `./${basename(module)}`));
    return user;
  }
});

// As the pages say, and before anybody is asked.
const WITHOUT_KEYRING: ExpectedRun = { fails: /cache_no_encryption/, signIn: "never" };
const WITH_PORT_TAKEN: ExpectedRun = { fails: /port_in_use/, signIn: "never" };

function endOf({ prints = [], says = [], fails, signIn = "browser" }: ExpectedRun): unknown {
  const isAsked = signIn !== "never" && signIn !== "by itself";
  const isSignedIn = isAsked && signIn !== "declined";
  return {
    exitCode: fails === undefined ? 0 : 1,
    prints: prints.map(asPattern),
    says: fails === undefined ? says.map(asPattern) : expect.arrayContaining([asPattern(fails)]),
    prompts: isAsked ? ["answered"] : [],
    signIns: isSignedIn ? [signIn] : [],
    // Without any that are known nobody could say that none has leaked.
    hasSecrets: isSignedIn || expect.any(Boolean),
    hasLeaked: false,
    strangers: [],
  } satisfies Record<keyof TriedModule, unknown>;
}

function asPattern(line: string | RegExp): unknown {
  return typeof line === "string" ? line : expect.stringMatching(line);
}

/** What is run, in the order of the pages. A block that is gone is not: that it is still expected fails by itself. */
function runs(): readonly { title: string; block: CodeBlock; expected: ExpectedRun }[] {
  return blocks.flatMap((block) =>
    [expectedRuns[block.name] ?? []].flat().map((expected, index) => ({
      title: index === 0 ? block.name : `${block.name}, in another situation`,
      block,
      expected,
    })),
  );
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
