import { CredentialUnavailableError } from "@entrada/core/credential";
import {
  deviceCodeObstacle,
  obstacleWords,
  type Obstacle,
  thisMachine,
  type Surroundings,
} from "@entrada/core/surroundings";

/**
 * Refuses a sign-in by a code that nobody would read, before a code is asked for: a chain of credentials goes on.
 * @throws CredentialUnavailableError `unsupported`, with the obstacle as its `detail`
 */
export function throwWhereNobodyReads(surroundings: Surroundings = thisMachine): void {
  const obstacle = deviceCodeObstacle(surroundings);
  if (obstacle !== undefined) throw nobodyReads(obstacle);
}

/** The error where nobody can read the code. */
export function nobodyReads(obstacle: Obstacle): CredentialUnavailableError {
  const { what, remedy } = obstacleWords()[obstacle];
  return new CredentialUnavailableError({
    code: "unsupported",
    detail: obstacle,
    what: `A device code cannot be shown to a person here: ${what}`,
    remedy,
  });
}
