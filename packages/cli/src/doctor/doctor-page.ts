import type { Examined } from "./finding.ts";

/** What was found, for a person. */
export function doctorPage({ facts, findings }: Examined): string {
  const width = Math.max(...facts.map(({ name }) => name.length)) + 2;
  const lines = facts.map(({ name, shown }) => `${name.padEnd(width)}${shown}`);
  const told = findings.flatMap(({ code, what, todo, detail }, index) => [
    "",
    `${index + 1}. ${what} [${code}]`,
    ...(detail === undefined ? [] : [`   ${detail}`]),
    `   ${todo}`,
  ]);
  const end = findings.length === 0 ? "Nothing is wrong." : `Found: ${findings.length}`;
  return [...lines, ...told, "", end].map((line) => `${line}\n`).join("");
}

/** The same for a bug report: nothing in it is the person's own. */
export function doctorReport({ facts, findings }: Examined): string {
  const report = {
    ...Object.fromEntries(facts.map(({ name, told }) => [nameOf(name), told])),
    findings: findings.map(({ code, what, todo }) => ({ code, what, todo })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

// "Node.js" and "Signed in" as they are called in JSON: node, signedIn.
function nameOf(name: string): string {
  const words = name.replace(/\.js$/, "").split(/\W+/);
  return words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join("");
}
