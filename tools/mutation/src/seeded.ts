import { REDIS } from "./rooms.ts";
import type { SeededMutant } from "./seeded-mutant.ts";

const LOOPBACK = "packages/core/src/loopback";
const MSAL = "packages/core/src/msal";
const CACHE = "packages/cache";

/** Faults in code that guards something, each of which went unnoticed once, and their kin. */
export const SEEDED: readonly SeededMutant[] = [
  {
    name: "issuer-that-begins-rightly",
    rule: "The issuer of an answer is the one that was asked, to the last character.",
    file: `${LOOPBACK}/pending-answer.ts`,
    changes: [["return iss === expected;", "return iss.startsWith(expected);"]],
    tests: [`${LOOPBACK}/pending-answer.test.ts`],
  },
  {
    name: "open-tenant-issuer-that-begins-rightly",
    rule: "Where the tenant is open, everything else of the issuer is not.",
    file: `${LOOPBACK}/pending-answer.ts`,
    changes: [["return iss === before + tenant + after &&", "return iss.startsWith(before) &&"]],
    tests: [`${LOOPBACK}/pending-answer.test.ts`],
  },
  {
    name: "host-that-ends-rightly",
    rule: "The Host header is ours from its first character on: `evil-localhost` is not.",
    file: `${LOOPBACK}/screen-request.ts`,
    changes: [["/^(?:localhost|127", "/(?:localhost|127"]],
    tests: [`${LOOPBACK}/screen-request.test.ts`],
  },
  {
    name: "host-that-begins-rightly",
    rule: "The Host header is ours to its last character.",
    file: `${LOOPBACK}/screen-request.ts`,
    changes: [["(?::(\\d{1,5}))?$/i.exec(hosts", "(?::(\\d{1,5}))?/i.exec(hosts"]],
    tests: [`${LOOPBACK}/screen-request.test.ts`],
  },
  {
    name: "no-limit-of-connections",
    rule: "Over the limit the connection that is least wanted is closed.",
    file: `${LOOPBACK}/connection-limit.ts`,
    changes: [["if (this.#open.size > this.#limit) this.#leastWanted(socket).destroy();", ""]],
    tests: [`${LOOPBACK}/connection-limit.test.ts`],
  },
  {
    name: "listener-that-counts-no-connections",
    rule: "The listener holds 64 connections open at most.",
    file: `${LOOPBACK}/loopback-server.ts`,
    changes: [['.on("connection", (socket: Socket) => connections.admit(socket))', ""]],
    tests: [`${LOOPBACK}/loopback-open-connections.test.ts`],
  },
  {
    name: "verifier-of-64-bits",
    rule: "A code verifier holds 256 bits of chance.",
    file: "packages/core/src/browser/pkce.ts",
    changes: [
      [
        "const codeVerifier = randomText();",
        'const codeVerifier = nodeCrypto().randomBytes(8).toString("hex").repeat(3);',
      ],
    ],
    tests: ["packages/core/src/browser/pkce.test.ts"],
  },
  {
    name: "secrets-of-64-bits",
    rule: "State and nonce hold 256 bits of chance, too.",
    file: "packages/core/src/browser/pkce.ts",
    changes: [
      [
        'nodeCrypto().randomBytes(32).toString("base64url")',
        'nodeCrypto().randomBytes(8).toString("base64url")',
      ],
    ],
    tests: ["packages/core/src/browser/pkce.test.ts"],
  },
  {
    name: "renewal-for-somebody-else",
    rule: "A renewal that brings another account's token is refused.",
    file: `${MSAL}/entra-redemptions.ts`,
    changes: [
      [
        "if (homeAccountId !== undefined && !isSameAccount({ homeAccountId }, record)) throw anotherAccount();",
        "",
      ],
    ],
    tests: [`${MSAL}/renewal.test.ts`],
  },
  {
    name: "refresh-token-dropped",
    rule: "The refresh token stays where an answer brings no new one.",
    file: `${MSAL}/account-change.ts`,
    changes: [["checked.refreshToken ?? before?.refreshToken", "checked.refreshToken"]],
    tests: [`${MSAL}/renewal.test.ts`],
  },
  {
    name: "rests-of-others-stay",
    rule: "A sign-in that succeeds ends the rests of all callers.",
    file: "packages/core/src/engine/prompt-rests.ts",
    changes: [["this.#rests.clear();", "this.#rests.delete(undefined);"]],
    tests: ["packages/core/src/engine/rests.test.ts"],
  },
  {
    name: "patience-ends-once",
    rule: "Who holds a valid token is served with it as soon as nobody is asked any more.",
    file: "packages/core/src/engine/token-engine.ts",
    changes: [
      [
        "if (!entry || this.#acquirer.isPrompting) return wait(entry);",
        "if (!entry || this.#acquirer.isPrompting) return;",
      ],
    ],
    tests: ["packages/core/src/engine/held-token.test.ts"],
  },
  {
    name: "joined-request-counts-as-new",
    rule: "A request that was under way at a sign-in counts as none that knows of it.",
    file: "packages/core/src/engine/token-acquirer.ts",
    changes: [
      [
        'silently: (inner) => this.#silent.anew(call, "waits", inner),',
        'silently: (inner) => this.#silent.of(call, "waits").join(inner),',
      ],
    ],
    tests: ["packages/core/src/engine/prompt-for-many.test.ts"],
  },
  {
    name: "first-echo-alone",
    rule: "Every echo of a secret is taken out of an answer.",
    file: "packages/core/src/refusals/sent-secrets.ts",
    changes: [['rest.replaceAll(secret, "***")', 'rest.replace(secret, "***")']],
    tests: ["packages/core/src/refusals/sent-secrets.test.ts"],
  },
  {
    name: "listener-left-at-signal",
    rule: "Nothing is left at a request's signal.",
    file: "packages/core/src/http/node-https-transport.ts",
    changes: [['request.signal.removeEventListener("abort", leave);', ""]],
    tests: ["packages/core/src/http/signal-listeners.test.ts"],
  },
  {
    name: "header-not-authenticated",
    rule: "The seal of an encrypted cache covers its header.",
    file: `${CACHE}/src/sealed/sealed-format.ts`,
    changes: [["cipher.setAAD(header);", ""]],
    tests: [`${CACHE}/src/sealed/sealed-format.test.ts`],
  },
  {
    name: "redis-write-without-lease",
    rule: "Nothing is written to Redis by who has lost the lease.",
    file: `${CACHE}/src/redis/record-scripts.ts`,
    changes: [['if redis.call("GET", KEYS[3]) ~= ARGV[2] then return "lease lost" end', ""]],
    tests: [`${CACHE}/test/redis-token-cache.test.ts`],
    needs: REDIS,
  },
  {
    name: "redis-damage-put-aside-without-lease",
    rule: "Nothing is put aside in Redis by who has lost the lease.",
    file: `${CACHE}/src/redis/record-scripts.ts`,
    changes: [
      ['if redis.call("GET", KEYS[2]) ~= ARGV[1] then return "lease lost" end\n  local value', "local value"],
    ],
    tests: [`${CACHE}/test/redis-token-cache.test.ts`],
    needs: REDIS,
  },
  {
    name: "redis-removal-without-lease",
    rule: "Nothing is removed from Redis by who has lost the lease.",
    file: `${CACHE}/src/redis/record-scripts.ts`,
    changes: [
      [
        'if redis.call("GET", KEYS[2]) ~= ARGV[1] then return "lease lost" end\n  redis.call("DEL"',
        'redis.call("DEL"',
      ],
    ],
    tests: [`${CACHE}/test/redis-token-cache.test.ts`],
    needs: REDIS,
  },
  {
    name: "lock-without-user",
    rule: "A lock is one user's: another one's process can neither hold nor await it.",
    file: `${CACHE}/src/lock/lock-for.ts`,
    changes: [["fileName, user]", "fileName]"]],
    tests: [`${CACHE}/src/lock/lock-for.test.ts`],
  },
  {
    name: "file-known-by-its-time",
    rule: "A file that was replaced is another one, though it was written at the same time.",
    file: `${CACHE}/src/disk/open-regular-file.ts`,
    changes: [["`${ino}:${size}:${mtimeNs}`", "`${mtimeNs}`"]],
    tests: [`${CACHE}/src/disk/open-regular-file.test.ts`],
  },
];
