import { cancel } from "./cancel.ts";
import { cancelWindows } from "./cancel-windows.ts";
import { crowd } from "./crowd.ts";
import type { LimitWork } from "./limit.ts";
import { manyWriters } from "./many-writers.ts";
import { secrets } from "./secrets.ts";
import { settled } from "./settled.ts";
import { singleFlight } from "./single-flight.ts";
import { waits } from "./waits.ts";
import { warm } from "./warm.ts";

export const allLimits: readonly LimitWork[] = [
  crowd,
  cancel,
  cancelWindows,
  waits,
  singleFlight,
  manyWriters,
  warm,
  settled,
  secrets,
];
