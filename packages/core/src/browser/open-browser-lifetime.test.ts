import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { canFakeBrowsers, fakeBrowsers } from "../../test/browser/fake-browser.ts";
import { canRunSources, runModule } from "../../test/loopback/child.ts";

const OPEN = `
import { browserAvailability } from "./src/browser/browser-availability.ts";
import { systemBrowser } from "./src/browser/open-browser.ts";
const open = () => systemBrowser()("https://login.example.test/authorize?state=secret", { signal: new AbortController().signal });
`;

describe.skipIf(!canRunSources || !canFakeBrowsers)(
  "a process that opens a browser (POSIX, a Node that runs TypeScript)",
  () => {
    it.runIf(process.platform === "linux")(
      "without a screen is told so at once, and starts nothing",
      async () => {
        const child = runModule(
          `${OPEN}
      await open().catch((error) => console.log([error.name, error.code, error.detail].join()));
      console.log(JSON.stringify(browserAvailability()));
      console.log(process.moduleLoadList.includes("NativeModule child_process"));`,
          { env: { PATH: process.env["PATH"] ?? "" } },
        );
        expect(await child.nextLine()).toBe("CredentialUnavailableError,browser_unavailable,no_browser");
        expect(JSON.parse(await child.nextLine())).toMatchObject({
          available: false,
          hint: expect.stringContaining("DISPLAY"),
        });
        expect(await child.nextLine()).toBe("false");
        expect(await child.end).toMatchObject({ code: 0, stderr: "" });
      },
    );

    it("does not wait for the browser, and the browser outlives it in a session of its own", async () => {
      await expectWithin(1000, async () => {
        const fakes = fakeBrowsers();
        const file = fakes.add(
          "browser",
          `echo $$ > '${fakes.folder}/pid.new' && mv '${fakes.folder}/pid.new' '${fakes.folder}/pid'; exec sleep 600`,
        );
        const child = runModule(
          `${OPEN}
        import { watch } from "node:fs";
        // Before the browser starts, which may be quicker than this process.
        const watcher = watch(${JSON.stringify(fakes.folder)}, (_, name) => {
          if (name === "pid") { watcher.close(); console.log("open"); }
        });
        open().catch((error) => console.log(error.message));`,
          { env: { PATH: process.env["PATH"] ?? "", BROWSER: `'${file}'` } },
        );
        expect(await child.nextLine()).toBe("open");
        const took = await timeOf(() => child.end);
        expect(await child.end).toMatchObject({ code: 0, stderr: "" });

        const pid = Number(readFileSync(`${fakes.folder}/pid`, "utf8"));
        onTestFinished(() => void process.kill(pid, "SIGKILL"));
        expect(process.kill(pid, 0)).toBe(true);
        if (process.platform === "linux") {
          const [, , , group] = readFileSync(`/proc/${pid}/stat`, "utf8")
            .replace(/^(.*\)) /s, "x ")
            .split(" ");
          expect(Number(group)).toBe(pid);
        }
        return took;
      });
    });
  },
);
