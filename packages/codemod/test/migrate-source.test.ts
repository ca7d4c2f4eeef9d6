import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { identityNamesIn } from "../src/identity-names.ts";
import { migrateSource } from "../src/migrate-source.ts";
import { samples } from "./samples.ts";

// Here the packages resolve as they do for this package: those that one leaves, and those that one moves to.
const WORKSHOP = fileURLToPath(new URL("../.cache/samples", import.meta.url));

function migrated(extension: string, text: string): string {
  const path = `sample.${extension}`;
  const { foreign, moves } = identityNamesIn(path, text);
  return migrateSource(path, text, { foreignNames: new Set(foreign), moves }).code;
}

describe.each(samples())("$name: $title", ({ extension, before, after }) => {
  test("gives what is expected", () => {
    expect(migrated(extension, before)).toBe(after);
  });

  test("leaves its own output alone", () => {
    expect(migrated(extension, after)).toBe(after);
  });

  test("keeps the line ends of Windows", () => {
    const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
    expect(migrated(extension, crlf(before))).toBe(crlf(after));
  });
});

test.each([
  [`{ clientId: "x" }`, true],
  [`{ clientId: "x", tenantId: "common" }`, false],
  [`{ clientId: "x", authenticationRecord: record }`, false],
  [`{ clientId: "x", ...more }`, false],
  [`{}`, false],
])("tells of another default tenant where it matters: %s", (options, told) => {
  const text = `import { DeviceCodeCredential } from "@azure/identity";\nnew DeviceCodeCredential(${options});\n`;
  const { notes } = migrateSource("sample.ts", text, { foreignNames: new Set(), moves: true });
  expect(notes.some((note) => note.includes('tenantId: "common"'))).toBe(told);
});

test(
  "the inputs compile against the packages that one leaves, the outputs against Entrada's",
  {
    timeout: 120_000,
  },
  async () => {
    const compiling = samples().filter(({ compiles }) => compiles);
    expect(compiling.length).toBeGreaterThan(10);
    await rm(WORKSHOP, { recursive: true, force: true });
    await mkdir(WORKSHOP, { recursive: true });
    for (const { name, before, after } of compiling) {
      await writeFile(join(WORKSHOP, `${name}.before.ts`), before);
      await writeFile(join(WORKSHOP, `${name}.after.ts`), after);
    }
    const options = {
      composite: false,
      declaration: false,
      declarationMap: false,
      isolatedDeclarations: false,
      noEmit: true,
      moduleDetection: "force",
    };
    const config = { extends: "../../../../tsconfig.base.json", compilerOptions: options, include: ["*.ts"] };
    await writeFile(join(WORKSHOP, "tsconfig.json"), JSON.stringify(config));

    expect(await compile()).toBe("");
  },
);

/** What the compiler has to say. */
async function compile(): Promise<string> {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", WORKSHOP, "--pretty", "false"], {
      cwd: WORKSHOP,
    });
    return "";
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error);
  }
}
