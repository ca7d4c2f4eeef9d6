import { describe, expect, test } from "vitest";
import { linksOfTheSite } from "../src/assemble-pages.ts";

const guides = [
  { title: "Errors", route: "guides/errors", source: "docs/errors.md" },
  { title: "@entrada/core", route: "packages/core", source: "packages/core/README.md" },
];

describe("linksOfTheSite", () => {
  test.each([
    ["docs/migration.md", "[a](errors.md#cache)", "[a](/guides/errors.md#cache)"],
    ["docs/migration.md", "[a](../packages/core)", "[a](/packages/core.md)"],
    ["docs/migration.md", "[a](../packages/core/README.md)", "[a](/packages/core.md)"],
    ["packages/cache/README.md", "[a](../../docs/errors.md)", "[a](/guides/errors.md)"],
    ["docs/migration.md", "[a](#by-program)", "[a](#by-program)"],
    ["docs/migration.md", "[a](https://example.com/b.md)", "[a](https://example.com/b.md)"],
  ])("in %s, %s", (source, text, expected) => {
    expect(linksOfTheSite(text, source, guides)).toBe(expected);
  });

  test("points at the repository what is no page of the site", () => {
    expect(linksOfTheSite("[a](../LICENSE) [b](../examples)", "docs/errors.md", guides)).toBe(
      "[a](https://github.com/entrada-auth/entrada/blob/main/LICENSE) [b](https://github.com/entrada-auth/entrada/tree/main/examples)",
    );
  });

  test("brings pictures along", () => {
    const text = `![x](images/sign-in-failed.png) <img alt="" src="images/sign-in-failed.png">`;

    expect(linksOfTheSite(text, "docs/errors.md", guides)).toBe(
      `![x](/docs/images/sign-in-failed.png) <img alt="" src="/docs/images/sign-in-failed.png">`,
    );
  });
});
