import type { AuthenticationEvent } from "@entrada/core";
import { expect, test } from "vitest";
import { tellClient } from "../src/index.ts";

const done: AuthenticationEvent = {
  type: "done",
  flow: "browser",
  interactive: true,
  username: "ada\u001b[31m\r\n@contoso.example",
} as AuthenticationEvent;

test.each([undefined, null, {}, 5, { sendLoggingMessage: "x" }])(
  "%o is no server, which is said at once and not in the midst of a sign-in",
  (server) => {
    expect(() => tellClient(server as never)).toThrow(
      expect.objectContaining({
        name: "TypeError",
        message: expect.stringContaining(
          'The option "server" must be an object with the methods sendLoggingMessage',
        ) as string,
      }),
    );
  },
);

test("what a client shows at its terminal is on one line and holds no commands for it", () => {
  const told: unknown[] = [];
  const server = { sendLoggingMessage: async (message: { data: unknown }) => void told.push(message.data) };
  tellClient(server)(done);
  expect(told).toEqual(["Signed in as ada @contoso.example"]);
});

test.each([
  ["has gone", () => Promise.reject(new Error("closed"))],
  [
    "was never there",
    () => {
      throw new Error("not connected");
    },
  ],
])("a client that %s ends no sign-in", (_what, sendLoggingMessage) => {
  expect(() => tellClient({ sendLoggingMessage })(done)).not.toThrow();
});
