import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";

/** Opens what `CryptProtectData` has sealed for this user (Data Protection API, Windows only). */
export type UnprotectData = (sealed: Uint8Array) => Promise<Uint8Array>;

/** The part of the binding in @azure/msal-node-extensions that is used. */
interface DpapiBinding {
  unprotectData(sealed: Uint8Array, entropy: null, scope: "CurrentUser"): Uint8Array;
}

const LIMIT_IN_MS = 10_000;
// The content goes through the pipes, never through the arguments.
const SCRIPT = `
  Add-Type -AssemblyName System.Security
  $sealed = [Convert]::FromBase64String([Console]::In.ReadToEnd())
  $opened = [Security.Cryptography.ProtectedData]::Unprotect($sealed, $null, 'CurrentUser')
  [Console]::Out.Write([Convert]::ToBase64String($opened))`;

/** By the binding of @azure/msal-node-extensions, if the program has that package, else by Windows PowerShell. */
export const unprotectData: UnprotectData = async (sealed) => {
  const binding = loadBinding();
  return binding ? binding.unprotectData(sealed, null, "CurrentUser") : unprotectByPowerShell(sealed);
};

function loadBinding(): DpapiBinding | undefined {
  const require = createRequire(import.meta.url);
  try {
    // Its own entry would load much besides.
    const folder = dirname(require.resolve("@azure/msal-node-extensions/package.json"));
    return require(join(folder, "bin", process.arch, "dpapi.node")) as DpapiBinding;
  } catch {
    // It is optional, and PowerShell does the same.
    return undefined;
  }
}

async function unprotectByPowerShell(sealed: Uint8Array): Promise<Uint8Array> {
  const system = join(process.env["SystemRoot"] ?? "C:\\Windows", "System32");
  const program = join(system, "WindowsPowerShell", "v1.0", "powershell.exe");
  const child = spawn(program, ["-NoProfile", "-NonInteractive", "-Command", SCRIPT], {
    stdio: ["pipe", "pipe", "ignore"],
    timeout: LIMIT_IN_MS,
    windowsHide: true,
  });
  const closed = once(child, "close") as Promise<[number | null]>;
  // If it ends before it has read everything, its exit code says so.
  child.stdin.on("error", () => {});
  child.stdin.end(Buffer.from(sealed).toString("base64"));
  const [output, [code]] = await Promise.all([buffer(child.stdout), closed]);
  if (code !== 0) throw new Error(`PowerShell ended with ${code}`);
  return Buffer.from(output.toString("latin1"), "base64");
}
