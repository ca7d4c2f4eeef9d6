import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SERVER = "/usr/sbin/sshd";

/** A host that is reached by the real `ssh`: a real `sshd` in a network of its own, in which nothing of this one is heard. */
export interface SshHost {
  /** What `ssh` needs to know of it; the name of the host comes last. */
  readonly options: readonly string[];
}

/** Whether there is one on this machine: OpenSSH's server and client, and the right to make a network. */
export function hasSsh(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync(SERVER)) return false;
  try {
    execFileSync("unshare", ["--net", "ip", "link", "set", "lo", "up"], { stdio: "ignore" });
    execFileSync("ssh", ["-V"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Lays one out in a folder, with keys made for it. Each connection starts a server of its own, and ends it. */
export function sshHost(folder: string): SshHost {
  const inside = (name: string): string => join(folder, name);
  for (const name of ["host-key", "key"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", inside(name)]);
  writeFileSync(inside("authorized"), readFileSync(inside("key.pub")));
  writeFileSync(inside("known"), `host ${readFileSync(inside("host-key.pub"), "utf8")}`);
  writeFileSync(
    inside("sshd.conf"),
    `HostKey ${inside("host-key")}
AuthorizedKeysFile ${inside("authorized")}
PermitRootLogin prohibit-password
PasswordAuthentication no
StrictModes no
UsePAM no
PidFile none
`,
  );
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  writeFileSync(
    inside("connect.sh"),
    `ip link set lo up && exec ${SERVER} -i -f '${inside("sshd.conf")}' -E '${inside("sshd.log")}'\n`,
  );
  const proxy = `unshare --net sh '${inside("connect.sh")}'`;
  return {
    options: [
      ["-F", "none"],
      ["-i", inside("key")],
      ["-o", `UserKnownHostsFile=${inside("known")}`],
      ["-o", `ProxyCommand=${proxy}`],
      ["-o", "BatchMode=yes"],
      ["-o", "ExitOnForwardFailure=yes"],
    ].flat(),
  };
}
