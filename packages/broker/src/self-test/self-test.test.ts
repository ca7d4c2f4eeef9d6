import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ADA, BOB, CONTOSO } from "../../test/fake-account.ts";
import { FakeWam, refused } from "../../test/fake-wam.ts";
import { selfTest, type SelfTestReport } from "./self-test.ts";

/** A person who does what the test asks of them. */
async function runOn(fake: FakeWam, answers: Partial<Record<"front" | "gone" | "signOut", string>> = {}) {
  const lines: string[] = [];
  const report = await selfTest({
    transport: fake,
    abortAfterInMs: 20,
    print: (line) => lines.push(line),
    ask: async (question) => {
      if (question.includes("choose an account")) fake.move = "approve";
      if (question.includes("close it")) fake.move = "cancel";
      if (question.includes("called off")) fake.move = "ignore";
      if (question.includes("in front")) return answers.front ?? "y";
      if (question.includes("go away")) return answers.gone ?? "y";
      if (question.includes("Sign this application out")) return answers.signOut ?? "y";
      return "";
    },
  });
  return { report, lines };
}
const outcomes = ({ checks }: SelfTestReport): string[] => checks.map(({ outcome }) => outcome);

describe("the self-test", () => {
  test("passes on a Windows that does what it should, and tells no names", async () => {
    const fake = new FakeWam();
    fake.windowsAccount = BOB;
    const { report, lines } = await runOn(fake);
    expect(outcomes(report)).toEqual(Array.from({ length: 7 }, () => "passed"));
    expect(report).toMatchObject({ available: true, facts: { probe: { build: 22_631 }, window: "console" } });
    const said = JSON.stringify([report, lines]);
    for (const secret of ["secret-token", ADA.username, BOB.username, ADA.objectId, CONTOSO]) {
      expect(said).not.toContain(secret);
    }
  });

  test("tells what failed, with WAM's number, and skips what depends on it", async () => {
    const fake = new FakeWam();
    fake.script("request", refused(3), refused(5, 0xcaa20009, `for ${ADA.username}`));
    const { report } = await runOn(fake, { signOut: "n" });
    expect(outcomes(report)).toEqual([
      "skipped",
      "failed",
      "skipped",
      "skipped",
      "passed",
      "passed",
      "skipped",
    ]);
    expect(report.checks[1]?.detail).toBe("service, invalid_client, status 5, 0xCAA20009 = 3399614473");
  });

  test("notes what the person saw", async () => {
    const fake = new FakeWam();
    fake.windowsAccount = BOB;
    const { report } = await runOn(fake, { front: "n", gone: "n" });
    expect(report.checks.map(({ detail }) => detail).filter(Boolean)).toEqual([
      "the dialog was not in front",
      "the call ended, the dialog stayed",
    ]);
  });

  test.each([[["--clientid", "x"]], [["--client"]], [["extra"]]])(
    "wrong arguments are told, with those that there are: %j",
    async (args) => {
      const main = fileURLToPath(new URL("../../dist/self-test/main.mjs", import.meta.url));
      const run = promisify(execFile)(process.execPath, [main, ...args]);
      const { code, stderr, stdout } = (await run.catch((error: unknown) => error)) as {
        code: number;
        stderr: string;
        stdout: string;
      };
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("Usage: entrada-broker-self-test");
      expect(stderr).not.toMatch(/\n {4}at /);
    },
  );

  test.skipIf(process.platform === "win32")(
    "where there is no broker it says so and ends with 3",
    async () => {
      const main = fileURLToPath(new URL("../../dist/self-test/main.mjs", import.meta.url));
      const run = promisify(execFile)(process.execPath, [main]);
      run.child.stdin?.end();
      const { code, stdout } = (await run.catch((error: unknown) => error)) as {
        code: number;
        stdout: string;
      };
      expect(code).toBe(3);
      expect(JSON.parse(stdout)).toMatchObject({ available: false, checks: [] });
    },
  );
});
