import type { Failure } from "./counts-file.ts";

/** Of why, as many lines are shown: the first say what was expected, and what came. */
const LINES = 12;
/** A step in a call stack that is not ours. */
const OF_OTHERS = /^\s+at .*(?:node_modules|node:|new Promise)/;

/** A failure for people, with the first lines of why it came. @param script `npm run test` */
export function failureText(script: string, { name, why = "" }: Failure): string {
  const lines = why.split("\n").filter((line) => line.trim() !== "" && !OF_OTHERS.test(line));
  const shown = lines.length > LINES ? [...lines.slice(0, LINES), "…"] : lines;
  return [`\n${script}: failed: ${name}`, ...shown.map((line) => `  ${line}`)].join("\n");
}
