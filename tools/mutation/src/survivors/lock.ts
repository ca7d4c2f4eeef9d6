import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const at = survivorsOf("packages/cache/src/lock");

export const SURVIVORS_OF_LOCK: readonly ExplainedSurvivor[] = [
  at("listening-names", "return [];", "[]", '["Stryker was here"]', "no name of the system's is written so"),
  at(
    "socket-lock",
    'const code = systemCode(error) ?? "";',
    '""',
    '"Stryker was here!"',
    "no fault is called so either",
  ),
  at(
    "socket-lock",
    'socket.setEncoding("latin1");',
    '"latin1"',
    '""',
    "no encoding is UTF-8, and the digits and the line's end are the same in both",
  ),
  at(
    "socket-lock",
    'if (said.length > 16 || said.includes("\\n")) socket.destroy();',
    "said.length > 16",
    "said.length >= 16",
    "no pid is as long as 16 characters, nor as 17",
  ),
];
