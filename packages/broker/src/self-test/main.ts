#!/usr/bin/env node
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import type { BrokerTransport } from "../availability/find-broker.ts";
import { selfTest } from "./self-test.ts";

const USAGE = `Usage: entrada-broker-self-test [--client <client id>] [--tenant <tenant>] [--runtime] [--windows-node <path>]

With --runtime Microsoft's runtime is asked, which @azure/msal-node-runtime brings: the way to the broker of macOS.
In WSL --windows-node names the node.exe of Windows, where PATH has none.
Tries the broker of this machine with your help, for about a minute, and prints a report without names or tokens.
Ends with 0 when all checks passed, 1 when one failed, 2 for wrong arguments, 3 when there is no broker here.
`;

const values = read();
if (values === undefined) {
  process.exitCode = 2;
} else if (values.help) {
  process.stdout.write(USAGE);
} else {
  // Until the report says otherwise: with nobody at standard input this process ends without one.
  process.exitCode = 1;
  // An await out here would have the bundler part the package's entry point into two files, which each import pays for.
  void run(values).then((code) => {
    process.exitCode = code;
  });
}

interface Arguments {
  readonly client?: string | undefined;
  readonly tenant?: string | undefined;
  readonly runtime?: boolean | undefined;
  readonly "windows-node"?: string | undefined;
  readonly help?: boolean | undefined;
}

/** The arguments; undefined, and told, where they are wrong. */
function read(): Arguments | undefined {
  try {
    return parseArgs({
      options: {
        client: { type: "string" },
        tenant: { type: "string" },
        runtime: { type: "boolean" },
        "windows-node": { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return undefined;
  }
}

async function run(values: Arguments): Promise<number> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const report = await selfTest({
      transport: values.runtime ? await runtime() : undefined,
      clientId: values.client,
      tenantId: values.tenant,
      windowsNodePath: values["windows-node"],
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

async function runtime(): Promise<BrokerTransport> {
  const { MsalRuntimeTransport } = await import("../msal-runtime/msal-runtime-transport.ts");
  return new MsalRuntimeTransport();
}
