import { fileURLToPath } from "node:url";

export const BENCH: string = fileURLToPath(new URL("..", import.meta.url));
export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));
/** Everything the bench makes: packed packages, installed applications, results. */
export const CACHE: string = fileURLToPath(new URL("../../.cache/bench", import.meta.url));
