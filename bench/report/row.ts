import { pairwise, summarize, type Summary } from "../measure/statistics.ts";

/** "times" is a plain ratio; "number" counts things. */
export type Unit = "ms" | "µs" | "bytes" | "kB" | "MB" | "MiB" | "number" | "times";

/** One line of the table. */
export interface Row {
  readonly work: string;
  readonly unit: Unit;
  readonly entrada: Summary;
  readonly peer?: Summary;
  /** Entrada's figure as a share of the peer's, pair by pair. */
  readonly ratio?: Summary;
  readonly goal?: Goal;
  /** What a reader must know to judge the figures. */
  readonly note?: string;
}

/** Of rows with CPU time. */
export const CPU_NOTE = "of the process itself: it depends less on what else the machine does";

export interface Goal {
  readonly text: string;
  readonly holds: boolean;
}

export interface RowOptions<R> {
  readonly work: string;
  readonly unit: Unit;
  readonly rounds: readonly R[];
  /** Entrada's figure of one round. */
  readonly entrada: (round: R) => number;
  /** The peer's. */
  readonly peer?: (round: R) => number;
  readonly goal?: GoalOptions;
  readonly note?: string | undefined;
}

/** All that are given must hold, of the medians. */
export interface GoalOptions {
  readonly below?: number;
  readonly atMost?: number;
  /** The largest acceptable share of the peer's figure. */
  readonly ratioBelow?: number;
  readonly ratioAtMost?: number;
}

/** Makes a line from what was measured round by round. */
export function row<R>({ work, unit, rounds, entrada, peer, goal, note }: RowOptions<R>): Row {
  const own = rounds.map(entrada);
  const others = peer && rounds.map(peer);
  const figures = {
    entrada: summarize(own),
    ...(others && { peer: summarize(others) }),
    // There is no share of nothing.
    ...(others?.every((other) => other !== 0) && { ratio: summarize(pairwise(own, others)) }),
  };
  return {
    work,
    unit,
    ...figures,
    ...(goal && { goal: judge(goal, unit, figures.entrada.median, figures.ratio?.median) }),
    ...(note !== undefined && { note }),
  };
}

function judge(goal: GoalOptions, unit: Unit, figure: number, ratio: number | undefined): Goal {
  const { below, atMost, ratioBelow, ratioAtMost } = goal;
  const share = ratio ?? Number.NaN;
  const parts = [
    below !== undefined && { text: `< ${quantity(below, unit)}`, holds: figure < below },
    atMost !== undefined && { text: `at most ${quantity(atMost, unit)}`, holds: figure <= atMost },
    ratioBelow !== undefined && { text: `< ${shareText(ratioBelow)}`, holds: share < ratioBelow },
    ratioAtMost !== undefined && { text: `at most ${shareText(ratioAtMost)}`, holds: share <= ratioAtMost },
  ].filter((part) => part !== false);
  return { text: parts.map(({ text }) => text).join(", "), holds: parts.every(({ holds }) => holds) };
}

/** A figure with its unit, in three digits. */
export function quantity(value: number, unit: Unit): string {
  if (unit === "number") return String(Math.round(value * 10) / 10);
  if (unit === "times") return value.toFixed(2);
  return `${digits(value)} ${unit === "bytes" ? "B" : unit}`;
}

/** A share of the peer's figure: "0.25", or "1/80" where that reads better. */
export function shareText(ratio: number): string {
  return ratio > 0 && ratio < 0.095 ? `1/${digits(1 / ratio)}` : ratio.toFixed(2);
}

function digits(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString("en");
  return value.toFixed(size >= 10 ? 1 : 2);
}
