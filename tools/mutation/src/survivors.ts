import type { ExplainedSurvivor } from "./explained-survivor.ts";
import { SURVIVORS_OF_AUTHORITY } from "./survivors/authority.ts";
import { SURVIVORS_OF_CACHE } from "./survivors/cache.ts";
import { SURVIVORS_OF_CREDENTIAL } from "./survivors/credential.ts";
import { SURVIVORS_OF_DISK } from "./survivors/disk.ts";
import { SURVIVORS_OF_FILE } from "./survivors/file.ts";
import { SURVIVORS_OF_FLOW } from "./survivors/flow.ts";
import { SURVIVORS_OF_ENGINE } from "./survivors/engine.ts";
import { SURVIVORS_OF_KEYS } from "./survivors/keys.ts";
import { SURVIVORS_OF_LOCK } from "./survivors/lock.ts";
import { SURVIVORS_OF_LOOPBACK } from "./survivors/loopback.ts";
import { SURVIVORS_OF_MSAL } from "./survivors/msal.ts";
import { SURVIVORS_OF_REDIS } from "./survivors/redis.ts";
import { SURVIVORS_OF_REFUSALS } from "./survivors/refusals.ts";
import { SURVIVORS_OF_SEALED } from "./survivors/sealed.ts";
import { SURVIVORS_OF_TOKENS } from "./survivors/tokens.ts";
import { SURVIVORS_OF_WAM } from "./survivors/wam.ts";

/** All of them, each looked at. */
export const SURVIVORS: readonly ExplainedSurvivor[] = [
  ...SURVIVORS_OF_TOKENS,
  ...SURVIVORS_OF_AUTHORITY,
  ...SURVIVORS_OF_CACHE,
  ...SURVIVORS_OF_ENGINE,
  ...SURVIVORS_OF_CREDENTIAL,
  ...SURVIVORS_OF_LOOPBACK,
  ...SURVIVORS_OF_MSAL,
  ...SURVIVORS_OF_REFUSALS,
  ...SURVIVORS_OF_LOCK,
  ...SURVIVORS_OF_KEYS,
  ...SURVIVORS_OF_DISK,
  ...SURVIVORS_OF_FILE,
  ...SURVIVORS_OF_REDIS,
  ...SURVIVORS_OF_SEALED,
  ...SURVIVORS_OF_FLOW,
  ...SURVIVORS_OF_WAM,
];
