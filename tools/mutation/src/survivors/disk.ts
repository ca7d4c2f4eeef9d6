import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const at = survivorsOf("packages/cache/src/disk");

export const SURVIVORS_OF_DISK: readonly ExplainedSurvivor[] = [
  at(
    "writable-file",
    "if (written === length) return;",
    "written === length",
    "false",
    "where all is written, nothing is left to write",
  ),
];
