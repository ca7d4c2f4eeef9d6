import { expect, test } from "vitest";
import { createLogger } from "./logger.ts";

function logged(level: string | undefined): string[] {
  const lines: string[] = [];
  const logger = createLogger("browser", (line) => lines.push(line), { AZURE_LOG_LEVEL: level });
  logger.event({ type: "failed", flow: "browser", error: new Error("it failed\r\n\u001b[31mred") });
  logger.warning("look");
  logger.event({ type: "refresh", flow: "browser", scopes: ["s"], background: true });
  logger.event({ type: "silent_hit", flow: "browser", source: "memory", scopes: ["s"] });
  return lines;
}

test.each([
  [undefined, 0],
  ["", 0],
  ["error", 1],
  ["warning", 2],
  ["INFO", 3],
  ["verbose", 4],
])("AZURE_LOG_LEVEL=%s writes %i of four lines", (level, count) => {
  expect(logged(level).length).toBe(count);
});

test("a line is one line, named like those of the other Azure libraries", () => {
  expect(logged("error")).toEqual(["entrada:browser:error browser failed it failed red\n"]);
});

test("a line is never longer than 2000 characters and its name", () => {
  const lines: string[] = [];
  createLogger("x", (line) => lines.push(line), { AZURE_LOG_LEVEL: "warning" }).warning("y".repeat(10_000));
  expect(lines[0]!.length).toBeLessThan(2050);
});

test("a level that is none is told once, with those that there are", () => {
  expect(logged("trace\u001b[31m")).toEqual([
    'entrada:browser:warning AZURE_LOG_LEVEL is set to "trace": write error, warning, info, verbose, or unset it\n',
  ]);
});
