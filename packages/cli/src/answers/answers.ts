// What programs are answered is one file where it is published, read when one asks.
export { answerDocker } from "./answer-docker.ts";
export { answerGit } from "./answer-git.ts";
export { answerKubectl } from "./answer-kubectl.ts";
