import assert from "node:assert/strict";
import { blocksOf, documents } from "../../../../examples/test/documents.ts";
import type { ChainCase } from "./chain-cases.ts";
import { storage } from "./list-containers.ts";

const page = "docs/broker.md";
const containers = ["backups", "invoices", "photos"];
/** The one that asks Microsoft's runtime, whichever system it is on: see examples/test/broker-page.test.ts. */
const ofRuntime = `${page}: Microsoft's runtime instead`;
const printed: Readonly<Record<string, readonly string[]>> = {
  [`${page}: The broker of Windows`]: containers,
  [`${page}: Linux`]: containers,
};
/** What is only put together, and asks for nothing. */
const asksNothing = `${page}: With msal-node`;

/** Every example of the page, as it stands there, on the Web Account Manager. */
export const pageCases: readonly ChainCase[] = documents()
  .filter(({ path }) => path === page)
  .flatMap(blocksOf)
  .filter(({ name }) => name !== ofRuntime)
  .map(({ name, code: program }) => ({
    name,
    run: async (chain) => {
      const scenario = await chain.answer(storage);
      const { code, lines, stderr, calls } = await chain.runText(program, scenario);
      assert.deepEqual({ code, stderr, lines }, { code: 0, stderr: "", lines: printed[name] ?? [] });
      const asks = calls.some((call) => call.startsWith("GetToken") || call.startsWith("RequestToken"));
      assert.equal(asks, name !== asksNothing);
    },
  }));
