import type { RedirectUri } from "./redirect-uri.ts";
import { LEAVE_PATH } from "./screen-request.ts";
import type { Clock } from "../clock.ts";

const LONGEST_ANSWER_IN_MS = 500;

/**
 * Asks whoever has a port for it. A listener of ours whose sign-in has ended, in this process or another, gives it up;
 * anybody else says no, or says nothing that is waited for.
 * @returns whether the port is worth another try.
 */
export function askForPort(
  { host, port }: Pick<RedirectUri, "host" | "port">,
  clock: Clock,
): Promise<boolean> {
  const { request } = process.getBuiltinModule("node:http");
  return new Promise((resolve) => {
    const asking = request({
      host: host === "[::1]" ? "::1" : "127.0.0.1",
      port,
      path: LEAVE_PATH,
      method: "POST",
      headers: { Host: `${host}:${port}`, "Content-Length": 0, Connection: "close" },
      agent: false,
    });
    const end = (left: boolean): void => {
      limit.cancel();
      asking.destroy();
      resolve(left);
    };
    const limit = clock.after(LONGEST_ANSWER_IN_MS, () => end(false));
    asking.on("response", (response) => {
      response.on("error", () => {});
      end(response.statusCode === 204);
    });
    asking.on("error", () => end(false));
    asking.end();
  });
}
