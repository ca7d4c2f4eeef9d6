import { DENO, NODE_26, type Runtime } from "./runtimes.ts";

/** What a program may do, in a runtime that asks for permissions. */
export interface Permissions {
  readonly name: string;
  readonly command: Runtime["command"];
  readonly way: readonly [way: string, ...string[]];
  /** The flag that is missing, and has to be named. Without one the sign-in works. */
  readonly missing?: string;
}

const SIGN_IN = ["--allow-env", "--allow-net", "--allow-sys"] as const;
const CACHE = [...SIGN_IN, "--allow-read", "--allow-write"] as const;

/** docs/bundling.md says the same. */
export const PERMISSIONS: readonly Permissions[] = [
  { name: "Deno, browser", command: deno(SIGN_IN), way: ["browser"] },
  { name: "Deno, device code", command: deno(SIGN_IN), way: ["device-code"] },
  { name: "Deno, device code with a cache", command: deno(CACHE), way: ["device-code", "permitted"] },
  ...["--allow-net", "--allow-sys"].map((missing) => ({
    name: `Deno without ${missing}`,
    command: deno(SIGN_IN.filter((flag) => flag !== missing)),
    way: ["device-code"] as const,
    missing,
  })),
  {
    name: "Node.js 26 with --permission, without --allow-net",
    command: [NODE_26, "--permission", "--allow-fs-read=*"],
    way: ["device-code"],
    missing: "--allow-net",
  },
  {
    name: "Node.js 26 with --permission",
    command: [NODE_26, "--permission", "--allow-fs-read=*", "--allow-net"],
    way: ["device-code"],
  },
];

function deno(flags: readonly string[]): Runtime["command"] {
  return [DENO, "run", "--no-prompt", ...flags];
}
