import { cancel } from "./cancel.ts";
import { cancelWindows } from "./cancel-windows.ts";
import { crowd } from "./crowd.ts";
import type { LimitWork } from "./limit.ts";
import { secrets } from "./secrets.ts";
import { settled } from "./settled.ts";
import { singleFlight } from "./single-flight.ts";
import { warm } from "./warm.ts";

export const allLimits: readonly LimitWork[] = [
  crowd,
  cancel,
  cancelWindows,
  singleFlight,
  warm,
  settled,
  secrets,
];
