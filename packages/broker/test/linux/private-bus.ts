import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A message bus of a test's own. */
export interface PrivateBus extends AsyncDisposable {
  /** What a program of this session has in its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly path: string;
}

export const hasBus: boolean =
  process.platform === "linux" && spawnSync("dbus-daemon", ["--version"]).status === 0;
if (!hasBus) console.warn("Skipped: the tests on a real bus need dbus-daemon (Debian package dbus, Linux).");

export interface PrivateBusOptions {
  /** More of its rules, in its own XML. */
  readonly policy?: string;
  /**
   * By name: the program that the bus starts when somebody wants it. Told after its start, the bus would hear of them
   * whenever it gets round to its watch of the folder.
   */
  readonly activates?: Readonly<Record<string, string>>;
  /** How long the bus waits for such a program to take its name, in milliseconds. Default: a minute. */
  readonly startTimeoutInMs?: number;
}

/** Starts a dbus-daemon. */
export async function startBus({
  policy = "",
  activates = {},
  startTimeoutInMs = 60_000,
}: PrivateBusOptions = {}): Promise<PrivateBus> {
  const folder = mkdtempSync(join(tmpdir(), "entrada-bus-"));
  const services = join(folder, "services");
  mkdirSync(services);
  for (const [name, program] of Object.entries(activates)) {
    writeFileSync(join(services, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=${program}\n`);
  }
  const path = join(folder, "bus");
  writeFileSync(
    join(folder, "bus.conf"),
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
      "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig><type>session</type><listen>unix:path=${path}</listen><servicedir>${services}</servicedir>
    <limit name="service_start_timeout">${startTimeoutInMs}</limit>
    <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
    <allow own="*"/>${policy}</policy></busconfig>`,
  );
  const daemon = spawn(
    "dbus-daemon",
    [`--config-file=${join(folder, "bus.conf")}`, "--nofork", "--print-address"],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  await once(daemon.stdout, "data");
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
    path,
    async [Symbol.asyncDispose]() {
      daemon.kill();
      if (daemon.exitCode === null && daemon.signalCode === null) await once(daemon, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
