import { expect, test } from "vitest";
import { materialProblems, type BillOfMaterials } from "../src/bill-of-materials.ts";

function billOf(...licences: readonly object[]): BillOfMaterials {
  return {
    bomFormat: "CycloneDX",
    metadata: { component: { group: "@entrada", name: "core", version: "1.2.3" } },
    components: licences.map((licence, index) => ({
      name: `part-${index}`,
      version: "1.0.0",
      licenses: [licence as { license: { id: string } }],
    })),
  };
}

const problemsOf = (bill: BillOfMaterials) => materialProblems(bill, "@entrada/core", "1.2.3");

test("parts that ask for no more than their own text are no problem", () => {
  const free = [
    { license: { id: "MIT" } },
    { expression: "(MIT OR WTFPL)" },
    { expression: "(BSD-2-Clause AND ISC)" },
    { license: { name: "Apache-2.0" } },
  ];
  expect(problemsOf(billOf(...free))).toEqual([]);
});

test.each([
  [{ license: { id: "GPL-3.0-only" } }, "GPL-3.0-only"],
  [{ expression: "MIT AND GPL-2.0-only" }, "MIT AND GPL-2.0-only"],
  [{ license: { name: "SEE LICENSE IN LICENSE.txt" } }, "SEE LICENSE IN LICENSE.txt"],
  [{}, "none"],
])("others are: %j", (licence, words) => {
  expect(problemsOf(billOf(licence))).toEqual([`@entrada/core: part-0@1.0.0 has the licence ${words}`]);
});

test("a part that says nothing, and the bill of another package, are problems", () => {
  const bill = billOf();
  const silent = { ...bill, components: [{ name: "part", version: "1.0.0" }] };
  expect(problemsOf(silent)).toEqual(["@entrada/core: part@1.0.0 has the licence none"]);
  expect(materialProblems(bill, "@entrada/core", "1.2.4")).toEqual([
    "@entrada/core@1.2.4: the bill is that of @entrada/core@1.2.3",
  ]);
  expect(problemsOf({ ...bill, bomFormat: "SPDX" })).toEqual(["@entrada/core: SPDX is not CycloneDX"]);
});
