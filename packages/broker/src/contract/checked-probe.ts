import type { WamProbe } from "@entrada/wam";
import { isObject } from "./is-object.ts";
import { unacceptable } from "./unacceptable-answer.ts";

/** What a transport found at its probe, or `invalid_response`. */
export function checkedProbe(value: unknown): WamProbe {
  const good = isObject(value) && (value["available"] === false || isObject(value["features"]));
  if (!good) throw unacceptable("the probe");
  return value as unknown as WamProbe;
}
