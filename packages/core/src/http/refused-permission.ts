import { codeOf } from "./http-transport.ts";

/**
 * The permission that a process lacks, as the flag that gives it, where the runtime itself has refused what was tried
 * and not the system: Deno, or Node.js with `--permission`.
 * @param versions those of the runtime
 */
export function refusedPermission(
  error: unknown,
  versions: Readonly<Record<string, string | undefined>> = process.versions,
): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    // Deno 2, and Deno 1: "Requires sys access to "ca", run again with the --allow-sys flag".
    if (current.name === "NotCapable" || current.name === "PermissionDenied")
      return /--allow-[a-z]+/.exec(current.message)?.[0] ?? NETWORK;
    current = current.cause;
  }
  const code = codeOf(error);
  if (code === "ERR_ACCESS_DENIED") return NETWORK;
  // What Deno does in the name of Node.js has only the codes that Node.js has. There a firewall says EPERM, too.
  return code === "EPERM" && versions["deno"] !== undefined ? NETWORK : undefined;
}

const NETWORK = "--allow-net";
