import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aadstsTable } from "./aadsts.ts";
import { refusalTraces, type RefusalPlace } from "./traces.ts";

const guide = readFileSync(
  join(import.meta.dirname, "../../../../docs/testing-with-the-emulator.md"),
  "utf8",
);

const WORDS: Readonly<Record<RefusalPlace, string>> = {
  page: "page",
  answer: "redirect URI",
  token: "token endpoint",
  discovery: "discovery",
};

const numbers = Object.keys(aadstsTable).map(Number);

/** The row of the guide, as it must be. */
function rowOf(number: number): string {
  const { where, seenIn } = refusalTraces[number]!;
  const { error, suberror } = aadstsTable[number]!;
  const thread = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(seenIn);
  const seen = thread ? `[${seenIn}](https://github.com/${thread[1]}/issues/${thread[2]})` : seenIn;
  const words = suberror === undefined ? `\`${error}\`` : `\`${error}\`, \`${suberror}\``;
  return `| ${number} | ${words} | ${where.map((place) => WORDS[place]).join(", ")} | ${seen} |`;
}

describe("each refusal says where Entra gives it, and who has seen that", () => {
  test.each(numbers)("AADSTS%i", (number) => {
    const { where, seenIn } = refusalTraces[number] ?? { where: [], seenIn: "" };
    expect(where).not.toEqual([]);
    expect(seenIn).toMatch(/^(Microsoft, "|[\w.-]+\/[\w.-]+#\d+$)/);
    expect(guide).toContain(`\n${rowOf(number)}\n`);
  });

  test("and some test has it given", () => {
    const sources = globSync("../**/*.test.ts", { cwd: import.meta.dirname })
      .map((file) => readFileSync(join(import.meta.dirname, file), "utf8"))
      .join("\n");
    expect(numbers.filter((number) => !new RegExp(`\\b(?:AADSTS)?${number}\\b`).test(sources))).toEqual([]);
  });

  test("and nothing is traced, or stands in the guide, that it does not give", () => {
    expect(Object.keys(refusalTraces).map(Number)).toEqual(numbers);
    const rows = [...guide.matchAll(/^\| (\d+) \| /gm)].map(([, number]) => Number(number));
    expect(rows).toEqual(numbers);
  });
});
