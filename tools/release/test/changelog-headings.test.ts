import { expect, test } from "vitest";
import { useAzureHeadings } from "../src/changelog-headings.ts";

const older = "\n## 0.1.0 (2026-11-23)\n\n### Features Added\n\n- 1234567: The first release.\n";

test("bumps become the headings of the Azure SDK, with the date, in its order", () => {
  const fresh = `# p\n\n## 1.0.0\n\n### Major Changes\n\n- 89abcde: Gone.\n\n### Minor Changes\n\n- Came.\n  More of it.\n\n### Patch Changes\n\n- Mended.\n- Updated dependencies [89abcde]\n  - @entrada/core@1.0.0\n${older}`;
  expect(useAzureHeadings(fresh, "1.0.0", "2026-12-01")).toBe(
    `# p\n\n## 1.0.0 (2026-12-01)\n\n### Features Added\n\n- Came.\n  More of it.\n\n### Breaking Changes\n\n- 89abcde: Gone.\n\n### Bugs Fixed\n\n- Mended.\n\n### Other Changes\n\n- Updated dependencies [89abcde]\n  - @entrada/core@1.0.0\n${older}`,
  );
});

test("a first word says more than the bump, and goes", () => {
  const fresh =
    "# p\n\n## 0.2.0\n\n### Minor Changes\n\n- 89abcde: Breaking: `timeout` is in ms.\n- Fix: It works.\n- Note: stays.\n";
  expect(useAzureHeadings(fresh, "0.2.0", "2026-12-01")).toBe(
    "# p\n\n## 0.2.0 (2026-12-01)\n\n### Features Added\n\n- Note: stays.\n\n### Breaking Changes\n\n- 89abcde: `timeout` is in ms.\n\n### Bugs Fixed\n\n- It works.\n",
  );
});

test("a package that only follows the others says so", () => {
  expect(useAzureHeadings("# p\n\n## 0.2.0\n", "0.2.0", "2026-12-01")).toBe(
    "# p\n\n## 0.2.0 (2026-12-01)\n\n### Other Changes\n\n- Released together with the other packages.\n",
  );
});

test("a section that is there already is not turned a second time", () => {
  expect(() => useAzureHeadings(`# p\n${older}`, "0.1.0", "2026-12-01")).toThrow(RangeError);
});
