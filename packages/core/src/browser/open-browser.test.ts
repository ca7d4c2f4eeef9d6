import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { expectWithin } from "../../../../tools/measure/expect-within.ts";
import { browserOf } from "../../test/browser/browser-of.ts";
import { exchange, request } from "../../test/loopback/raw-client.ts";
import { canFakeBrowsers, fakeBrowsers } from "../../test/browser/fake-browser.ts";
import { type Clock, systemClock } from "../clock.ts";
import { AbortError } from "../errors/abort-error.ts";
import { isAuthenticationError } from "../errors/authentication-error.ts";
import { systemBrowser } from "./open-browser.ts";
import type { Spawn } from "./opening/run-opener.ts";

const SIGN_IN =
  "https://login.example.test/organizations/oauth2/v2.0/authorize?client_id=1&state=secret-state";
const signal = new AbortController().signal;
const LINK = { url: "http://localhost:1/once", opened: new Promise<void>(() => {}) };

async function errorOf(work: void | Promise<void>): Promise<Error & { code?: string; detail?: string }> {
  return Promise.resolve(work).then(
    () => {
      throw new Error("It went well.");
    },
    (error: Error) => error,
  );
}

describe.skipIf(!canFakeBrowsers)("the system's browser (with fake ones that are shell scripts)", () => {
  it("gets a one-time link in the place of the URL as its one argument, which leads on to the URL", async () => {
    const fakes = fakeBrowsers();
    fakes.add("browser");
    await browserOf(fakes)(SIGN_IN, { signal });
    const [[link = ""] = [], ...others] = fakes.calls("browser");
    expect(others).toEqual([]);
    expect(link).toMatch(/^http:\/\/localhost:\d+\/[\w-]{22}$/);
    const port = Number(new URL(link).port);
    const answer = await exchange(port, request(port, { target: new URL(link).pathname }));
    expect([answer.status, answer.headers["location"]]).toEqual([303, SIGN_IN]);
  });

  it("gets the link of whoever waits for the answer, if there is one", async () => {
    const fakes = fakeBrowsers();
    fakes.add("browser");
    await browserOf(fakes)(SIGN_IN, { signal, link: LINK });
    expect(fakes.calls("browser")).toEqual([[LINK.url]]);
  });

  it("gets it where BROWSER says, among the arguments of BROWSER", async () => {
    const fakes = fakeBrowsers();
    const file = fakes.add("browser");
    const env = {
      PATH: "/usr/bin:/bin",
      BROWSER: `'${file}' --profile 'sign in' --app=%s 100%% ; $(touch canary)`,
    };
    await browserOf(fakes, { env })(SIGN_IN, { signal, link: LINK });
    expect(fakes.calls("browser")).toEqual([
      ["--profile", "sign in", `--app=${LINK.url}`, "100%", ";", "$(touch", "canary)"],
    ]);
  });

  it("is xdg-open when BROWSER is not set, and does not hand BROWSER on", async () => {
    const fakes = fakeBrowsers();
    fakes.add("xdg-open", `test -z "$BROWSER" && test "$MARK" = kept`);
    const env = { PATH: `${fakes.folder}:/usr/bin:/bin`, DISPLAY: ":0", BROWSER: "missing", MARK: "kept" };
    await browserOf(fakes, { env })(SIGN_IN, { signal, link: LINK });
    expect(fakes.calls("xdg-open")).toEqual([[LINK.url]]);
  });

  it.each([1, 2, 3, 4])(
    "fails when xdg-open ends with %i, which its manual calls a failure",
    async (code) => {
      const fakes = fakeBrowsers();
      fakes.add("xdg-open", `exit ${code}`);
      const env = { PATH: fakes.folder, DISPLAY: ":0" };
      const error = await errorOf(browserOf(fakes, { env })(SIGN_IN, { signal, link: LINK }));
      expect(isAuthenticationError(error)).toBe(true);
      expect(error).toMatchObject({
        name: "CredentialUnavailableError",
        code: "browser_unavailable",
        detail: "browser_failed",
      });
      expect(error.message).toContain(`xdg-open ended with exit code ${code}`);
      expect(error.message).toMatch(/device code/);
      expect(error.message).not.toContain("secret-state");
    },
  );

  it.each<readonly [string, string, RegExp]>([
    ["ends with 1", "exit 1", /browser ended with exit code 1\./],
    ["ends with 127", "exit 127", /browser ended with exit code 127/],
    ["dies of a signal", "kill -9 $$", /browser ended with SIGKILL/],
  ])(
    "only warns when a program of the person's own %s: it may have opened the page",
    async (_name, then, why) => {
      const fakes = fakeBrowsers();
      fakes.add("browser", then);
      const clock = handClock();
      const watched = watchedSpawn();
      const warnings: string[] = [];
      const warn = (code: string, message: string): unknown => warnings.push(`${code}: ${message}`);
      const opening = browserOf(fakes, { clock, spawn: watched.spawn })(SIGN_IN, {
        signal,
        link: LINK,
        warn,
      });
      await watched.started;
      if (watched.child().exitCode === null && watched.child().signalCode === null)
        await once(watched.child(), "exit");
      await new Promise((resolve) => setImmediate(resolve));
      clock.fire();
      await opening;
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(/^browser_exit_code: /);
      expect(warnings[0]).toMatch(why);
      expect(warnings[0]).not.toContain("secret-state");
    },
  );

  it("is content with any exit code when a browser has followed the link", async () => {
    const fakes = fakeBrowsers();
    fakes.add("browser", "exit 1");
    const warnings: string[] = [];
    const link = { url: LINK.url, opened: Promise.resolve() };
    await browserOf(fakes)(SIGN_IN, { signal, link, warn: (code) => warnings.push(code) });
    expect(warnings).toEqual([]);
  });

  it("fails when the opener cannot be started, and keeps the cause", async () => {
    const fakes = fakeBrowsers();
    writeFileSync(fakes.add("browser"), "#!/missing/interpreter\n");
    const error = await errorOf(browserOf(fakes)(SIGN_IN, { signal }));
    expect(error).toMatchObject({ detail: "browser_failed", cause: { code: "ENOENT" } });
    const throwing: Spawn = () => {
      throw Object.assign(new Error("no more processes"), { code: "EAGAIN" });
    };
    expect(await errorOf(browserOf(fakes, { spawn: throwing })(SIGN_IN, { signal }))).toMatchObject({
      detail: "browser_failed",
      cause: { code: "EAGAIN" },
    });
  });

  it("tells nothing of the URL when the opener cannot be started", async () => {
    const fakes = fakeBrowsers();
    writeFileSync(fakes.add("browser"), "#!/there/is/no/such/program\n");
    const error = await errorOf(browserOf(fakes)(SIGN_IN, { signal }));
    expect(error.cause).toMatchObject({ code: "ENOENT" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("secret-state");
  });

  it("tries one opener after the other", async () => {
    const fakes = fakeBrowsers();
    fakes.add("xdg-open", "exit 3");
    fakes.add("x-www-browser");
    writeFileSync(join(fakes.folder, "x-www-browser"), "#!/missing/interpreter\n");
    fakes.add("sensible-browser");
    fakes.add("gnome-open");
    const env = { PATH: fakes.folder, DISPLAY: ":0" };
    await browserOf(fakes, { env })(SIGN_IN, { signal });
    expect(
      ["xdg-open", "x-www-browser", "sensible-browser", "gnome-open"].map((name) => fakes.calls(name).length),
    ).toEqual([1, 0, 1, 0]);
  });

  it("counts as open when the opener still runs after 3 s", async () => {
    const fakes = fakeBrowsers();
    fakes.add("browser", "exec sleep 600");
    const watched = watchedSpawn();
    const clock = handClock();
    const opening = browserOf(fakes, { spawn: watched.spawn, clock })(SIGN_IN, { signal, link: LINK });
    await watched.started;
    expect(clock.waits()).toHaveLength(1);
    expect(clock.waits()[0]).toBeLessThanOrEqual(3000);
    clock.fire();
    await opening;
    expect(watched.child().exitCode).toBeNull();
  });

  it("is given up at once by an abort, even while the opener hangs; the opener goes, too", async () => {
    await expectWithin(100, async () => {
      const fakes = fakeBrowsers();
      fakes.add("browser", "exec sleep 600");
      const watched = watchedSpawn();
      const cancel = new AbortController();
      const opening = browserOf(fakes, { spawn: watched.spawn })(SIGN_IN, { signal: cancel.signal });
      const ended = errorOf(opening);
      await watched.started;
      const exit = once(watched.child(), "exit");
      const start = performance.now();
      cancel.abort(new Error("enough"));
      const error = await ended;
      const took = performance.now() - start;
      expect(error).toBeInstanceOf(AbortError);
      expect(await exit).toEqual([null, "SIGTERM"]);
      return took;
    });
  });

  it("is not asked when the signal was aborted before", async () => {
    const fakes = fakeBrowsers();
    fakes.add("browser");
    expect(await errorOf(browserOf(fakes)(SIGN_IN, { signal: AbortSignal.abort() }))).toBeInstanceOf(
      AbortError,
    );
    expect(fakes.calls("browser")).toEqual([]);
  });

  it.each(["file:///etc/passwd", "javascript:alert(1)", "-h", `${SIGN_IN}${"a".repeat(8000)}`])(
    "is not asked to open %.30s",
    async (url) => {
      const fakes = fakeBrowsers();
      fakes.add("browser");
      const error = await errorOf(browserOf(fakes)(url, { signal }));
      expect(["endpoint_not_allowed", "auth_url_too_long"]).toContain(error.detail);
      expect(fakes.calls("browser")).toEqual([]);
    },
  );

  it.runIf(process.platform === "linux")("leaves no dead process behind", async () => {
    const fakes = fakeBrowsers();
    fakes.add("browser");
    const open = browserOf(fakes);
    await Promise.all(Array.from({ length: 10 }, async () => open(SIGN_IN, { signal })));
    const dead = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => statOf(pid))
      .filter(([state, parent]) => state === "Z" && parent === String(process.pid));
    expect(dead).toEqual([]);
  });
});

describe("a machine without a browser", () => {
  it("is told before anything is started, with the way out", async () => {
    const spawn: Spawn = () => {
      throw new Error("Nothing may be started.");
    };
    const env = { PATH: "/usr/bin", DISPLAY: ":0", SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22" };
    const open = systemBrowser({
      platform: "linux",
      env,
      spawn,
      isProgram: () => true,
      readText: () => undefined,
    });
    const error = await errorOf(open(SIGN_IN, { signal }));
    expect(error).toMatchObject({
      name: "CredentialUnavailableError",
      code: "browser_unavailable",
      detail: "no_browser",
    });
    expect(error.message).toMatch(/SSH session.*DeviceCodeCredential/);
  });
});

/** Starts what it is told and keeps hold of it; whatever still runs ends with the test. */
function watchedSpawn(): { spawn: Spawn; started: Promise<void>; child: () => ChildProcess } {
  const children: ChildProcess[] = [];
  let onStart: () => void;
  const started = new Promise<void>((resolve) => (onStart = resolve));
  onTestFinished(() => children.forEach((child) => child.kill("SIGKILL")));
  return {
    started,
    child: () => children[0] as ChildProcess,
    spawn(file, args, options) {
      const child = spawn(file, args, options);
      child.once("spawn", () => onStart());
      children.push(child);
      return child;
    },
  };
}

function handClock(): Clock & { waits(): readonly number[]; fire(): void } {
  const timers = new Map<() => void, number>();
  return {
    ...systemClock,
    after(ms, callback) {
      timers.set(callback, ms);
      return { cancel: () => timers.delete(callback) };
    },
    waits: () => [...timers.values()],
    fire: () => [...timers.keys()].forEach((callback) => callback()),
  };
}

function statOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return []; // it has ended since the folder was read
  }
}
