import { describe, expect, test } from "vitest";
import { ARRANGEMENTS } from "./arrangements.ts";
import { engineParts } from "./engine-parts.ts";
import { explore } from "./explore.ts";
import { SEEDED_FAULTS } from "./seeded-faults.ts";
import { seededSource } from "./seeded-source.ts";

// `npm run model -- --depth N` goes deeper.
const DEPTH = 4;

describe(`whatever ${DEPTH} things happen in whatever order, every promise of the engine is kept`, () => {
  test.each(ARRANGEMENTS)("$name", async (arrangement) => {
    const { broken, ways } = await explore({ parts: engineParts, arrangement, depth: DEPTH, merge: true });
    expect(broken).toBeUndefined();
    expect(ways).toBeGreaterThan(100);
  });
});

test("each seeded fault changes one place of the present sources", () => {
  expect(SEEDED_FAULTS.length).toBeGreaterThanOrEqual(30);
  expect(SEEDED_FAULTS.map((fault) => seededSource(fault).length > 0)).not.toContain(false);
});
