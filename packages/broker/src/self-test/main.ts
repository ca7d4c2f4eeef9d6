#!/usr/bin/env node
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { selfTest } from "./self-test.ts";

const USAGE = `Usage: entrada-broker-self-test [--client <client id>] [--tenant <tenant>]

Tries the broker of this machine with your help, for about a minute, and prints a report without names or tokens.
Ends with 0 when all checks passed, 1 when one failed, 3 when there is no broker here.
`;

const { values } = parseArgs({
  options: { client: { type: "string" }, tenant: { type: "string" }, help: { type: "boolean" } },
});
if (values.help) {
  process.stdout.write(USAGE);
} else {
  // Until the report says otherwise: with nobody at standard input this process ends without one.
  process.exitCode = 1;
  // An await out here would have the bundler part the package's entry point into two files, which each import pays for.
  void run().then((code) => {
    process.exitCode = code;
  });
}

async function run(): Promise<number> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const report = await selfTest({
      clientId: values.client,
      tenantId: values.tenant,
      ask: (question) => terminal.question(question),
      print: (line) => process.stderr.write(`${line}\n`),
    });
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    if (!report.available) return 3;
    return report.checks.some(({ outcome }) => outcome === "failed") ? 1 : 0;
  } finally {
    terminal.close();
  }
}
