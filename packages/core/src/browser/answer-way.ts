import { pasteObstacle } from "../surroundings/judge.ts";
import { obstacleWords, type Obstacle } from "../surroundings/obstacle.ts";
import type { Surroundings } from "../surroundings/surroundings.ts";
import type { AnswerBy } from "./answer-by.ts";
import { findOpeners } from "./opening/find-openers.ts";
import { noBrowser, type NoBrowser } from "./opening/no-browser.ts";

export type AnswerWay =
  | {
      readonly by: AnswerBy;
      /** What is wrong with `BROWSER`, where that is why the terminal has to do. */
      readonly unusable?: string | undefined;
    }
  | { readonly by: undefined; readonly obstacle: Obstacle; readonly why: NoBrowser };

/**
 * The way that works here, where the page is not opened by the caller: the system's browser before the terminal, unless
 * the caller has chosen.
 */
export function answerWay(chosen: AnswerBy | undefined, surroundings: Surroundings): AnswerWay {
  if (chosen === "paste") {
    const obstacle = pasteObstacle(surroundings);
    return obstacle === undefined ? { by: "paste" } : { by: undefined, obstacle, why: noPaste(obstacle) };
  }
  const search = findOpeners(surroundings);
  if (search.found) return { by: "loopback" };
  if (chosen === undefined && pasteObstacle(surroundings) === undefined)
    return { by: "paste", unusable: search.unusable };
  const { obstacle, remedy } = search;
  return { by: undefined, obstacle, why: noBrowser(obstacle, remedy) };
}

function noPaste(obstacle: Obstacle): NoBrowser {
  const { what, remedy } = obstacleWords()[obstacle];
  return {
    code: "browser_unavailable",
    detail: "no_paste",
    what: `The browser's answer cannot be pasted here: ${what}`,
    remedy,
  };
}
