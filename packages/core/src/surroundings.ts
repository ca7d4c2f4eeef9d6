// Where a program runs, and how a person there is reached: for our own packages.
export { browserObstacle, chosenFlows, deviceCodeObstacle, pasteObstacle } from "./surroundings/judge.ts";
export { obstacleWords, type Obstacle, type ObstacleWords } from "./surroundings/obstacle.ts";
export { ciVariable, isSet, isWsl, sshSession } from "./surroundings/signs.ts";
export {
  thisMachine,
  type Inlet,
  type NoDesktop,
  type Outlet,
  type Surroundings,
} from "./surroundings/surroundings.ts";
export { codeWords, type Asked } from "./terminal/prompt-words.ts";
export { writeToPerson, type PersonStream } from "./write-to-person.ts";
