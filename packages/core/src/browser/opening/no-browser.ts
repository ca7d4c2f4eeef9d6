import { obstacleWords, type Obstacle } from "../../surroundings/obstacle.ts";

/** What is said where no browser can be shown to a person: by the error, and by who only asks. */
export interface NoBrowser {
  readonly code: "browser_unavailable";
  readonly detail: "no_browser" | "no_paste";
  readonly what: string;
  readonly remedy: string;
}

/** @param remedy - what helps here in particular: a sentence without its final stop */
export function noBrowser(obstacle: Obstacle, remedy: string): NoBrowser {
  return {
    code: "browser_unavailable",
    detail: "no_browser",
    what: `No browser can be shown to a person here: ${obstacleWords()[obstacle].what}`,
    remedy,
  };
}
