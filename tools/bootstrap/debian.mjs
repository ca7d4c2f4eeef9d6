// `npm run debian`: installs, on Debian and Ubuntu, what some tests need besides Node.js and is not there yet; without it
// they say that they were skipped. `-- PACKAGE ...` for these alone.
import { spawnSync } from "node:child_process";

/** By the package that brings it, the program that tells whether it is there. */
const PROGRAMS = {
  chromium: "chromium",
  dbus: "dbus-run-session",
  fish: "fish",
  "g++-mingw-w64-i686": "i686-w64-mingw32-g++-posix",
  "g++-mingw-w64-x86-64": "x86_64-w64-mingw32-g++-posix",
  "gnome-keyring": "gnome-keyring-daemon",
  "libsecret-tools": "secret-tool",
  "redis-server": "redis-server",
  strace: "strace",
  wine: "wine",
  zsh: "zsh",
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PROGRAMS, name));
if (unknown.length > 0)
  throw new Error(`No test needs ${unknown.join(", ")}; write some of: ${Object.keys(PROGRAMS).join(", ")}`);
const missing = (asked.length > 0 ? asked : Object.keys(PROGRAMS)).filter(
  (name) => !isInstalled(PROGRAMS[name]),
);
// An administrator's rights without a question: as root, or as on the machines of the workflows.
const sudo = process.geteuid?.() === 0 ? [] : ["sudo", "-n"];

if (missing.length === 0) console.log("All of it is there.");
else if (!isInstalled("apt-get") || (sudo.length > 0 && !succeeds([...sudo, "true"]))) {
  console.log(
    `Neither root nor sudo on Debian: the tests that need ${missing.join(", ")} say that they were skipped.`,
  );
} else {
  console.log(`Installing Debian packages: ${missing.join(" ")}`);
  const apt = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  run([...apt, "update", "-qq"]);
  run([...apt, "install", "-y", "-qq", "--no-install-recommends", ...missing]);
}

function isInstalled(program) {
  return succeeds(["sh", "-c", `command -v ${program}`]);
}

function succeeds([command, ...args]) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

function run([command, ...args]) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
}
