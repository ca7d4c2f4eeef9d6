import type { Room } from "./room.ts";

const CORE = "packages/core";
const CACHE = "packages/cache";
const BROKER = "packages/broker";
/** The servers that the Redis tests run on. */
export const REDIS = ["redis-server", "valkey-server"] as const;

/** The rooms of the heart, the smallest and those nearest to a secret first. */
export const ROOMS: readonly Room[] = [
  {
    name: "tokens",
    folder: CORE,
    sources: ["src/tokens/*.ts", "src/browser/pkce.ts"],
    tests: ["src/tokens/*.test.ts", "src/browser/pkce.test.ts"],
  },
  {
    name: "authority",
    folder: CORE,
    sources: ["src/authority/*.ts"],
    tests: ["src/authority/*.test.ts", "src/options/check-authority.test.ts"],
  },
  {
    name: "loopback",
    folder: CORE,
    sources: ["src/loopback/*.ts"],
    tests: ["src/loopback/*.test.ts"],
    without: ["**/loopback-{chromium,lifetime,load}.test.ts"],
  },
  {
    name: "refusals",
    folder: CORE,
    // The tables of meanings and remedies are words: their own tests compare them with Microsoft's list.
    sources: ["src/refusals/!(aadsts-meanings|aadsts-remedies).ts"],
    tests: ["src/refusals/*.test.ts"],
  },
  {
    name: "msal",
    folder: CORE,
    sources: ["src/msal/*.ts"],
    tests: ["src/msal/*.test.ts"],
    // These start the emulator for each test, which takes longer than all the others.
    without: ["**/{entra-client,login-hint,renewal,store-faults}.test.ts"],
  },
  {
    name: "engine",
    folder: CORE,
    sources: ["src/engine/*.ts"],
    tests: ["src/engine/*.test.ts"],
  },
  {
    name: "credential",
    folder: CORE,
    sources: ["src/credential/*.ts"],
    tests: ["src/credential/*.test.ts"],
  },
  {
    name: "cache",
    folder: CORE,
    sources: ["src/cache/**/*.ts"],
    tests: ["src/cache/**/*.test.ts", "src/testing/contracts.test.ts"],
  },
  {
    name: "sealed",
    folder: CACHE,
    sources: ["src/sealed/*.ts"],
    tests: ["src/sealed/*.test.ts"],
  },
  {
    name: "keys",
    folder: CACHE,
    sources: ["src/keys/**/*.ts"],
    tests: ["src/keys/**/*.test.ts"],
  },
  {
    name: "lock",
    folder: CACHE,
    sources: ["src/lock/*.ts"],
    tests: ["src/lock/*.test.ts"],
  },
  {
    name: "disk",
    folder: CACHE,
    sources: ["src/disk/*.ts"],
    tests: ["src/disk/*.test.ts"],
  },
  {
    name: "file",
    folder: CACHE,
    sources: ["src/file/**/*.ts"],
    tests: [
      "src/file/**/*.test.ts",
      "test/{persistent-token-cache,nothing-made,move-from-one-file,keyring-faults}.test.ts",
    ],
  },
  {
    name: "redis",
    folder: CACHE,
    // What the server runs is text: seeded mutants change that.
    sources: ["src/redis/*.ts"],
    tests: ["src/redis/*.test.ts", "test/redis-{token-cache,records,move}.test.ts"],
    needs: REDIS,
  },
  {
    name: "wam",
    folder: BROKER,
    sources: ["src/wam/*.ts"],
    // A dialog and a silent call are told of by those who ask for them.
    tests: ["src/{wam,flow,plugin}/*.test.ts", "test/{what-windows-answers,identity,faults}.test.ts"],
  },
  {
    name: "flow",
    folder: BROKER,
    sources: ["src/flow/*.ts"],
    tests: ["src/flow/*.test.ts", "test/{fallback,asked-by-name}.test.ts"],
  },
];

/** @throws Error that names all rooms where none has this name */
export function roomOf(name: string): Room {
  const room = ROOMS.find((one) => one.name === name);
  if (room !== undefined) return room;
  throw new Error(`No room is called "${name}"; write one of: ${ROOMS.map((one) => one.name).join(", ")}`);
}
