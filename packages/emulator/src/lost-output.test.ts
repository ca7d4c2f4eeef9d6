import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "../test/free-port.ts";

const BIN = fileURLToPath(new URL("bin.ts", import.meta.url));

/** The command with its outputs as a shell leads them. */
function start(args: readonly string[], redirect: string) {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("sh", ["-c", `exec ${words} ${redirect}`], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

describe.runIf(process.platform === "linux")("an output that takes nothing", () => {
  test.each([
    ["full", ">/dev/full", "ENOSPC"],
    ["without a reader", "", "EPIPE"],
  ])("%s: the emulator says so, and serves on", async (_, redirect, code) => {
    const folder = mkdtempSync(join(tmpdir(), "entrada-emulator-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const port = await freePort();
    const child = start(["--host=127.0.0.1", `--port=${port}`, `--ca-file=${folder}/ca.pem`], redirect);
    child.stdout.destroy();
    const [said] = (await once(child.stderr, "data")) as [Buffer];
    expect(String(said)).toBe(
      `Standard output cannot be written (${code}): what it says is lost. The emulator goes on.\n`,
    );
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.destroy();
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test.each(["--help", "--version"])("%s ends without a stack", async (option) => {
    const full = start([option], ">/dev/full");
    expect(await text(full.stderr)).toBe(
      "Standard output cannot be written (ENOSPC). Let it lead to a place with room.\n",
    );
    expect(full.exitCode ?? (await once(full, "exit"))[0]).toBe(2);
    for (const redirect of [">&-", "2>/dev/full", ">/dev/full 2>&1"]) {
      const other = start([option], redirect);
      other.stdout.resume();
      expect(await text(other.stderr)).toBe("");
      expect(other.exitCode ?? (await once(other, "exit"))[0]).toBe(redirect.startsWith(">/") ? 2 : 0);
    }
  });
});
