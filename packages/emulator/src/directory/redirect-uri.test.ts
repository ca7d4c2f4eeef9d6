import { expect, test } from "vitest";
import { isRegisteredRedirect } from "./redirect-uri.ts";

test.each([
  ["http://localhost", "http://localhost"],
  ["http://localhost:1234", "http://localhost"],
  ["http://localhost:1234/", "http://localhost"],
  ["http://LOCALHOST:80", "http://localhost/"],
  ["http://127.0.0.1:1234/back?a=b", "http://127.0.0.1/back?a=b"],
  ["http://localhost:1234/back", "http://localhost:8080/back"],
  ["https://app.example/back", "https://app.example/back"],
  ["msal1234://auth", "msal1234://auth"],
])("%s is %s", (asked, registered) => {
  expect(isRegisteredRedirect(asked, registered)).toBe(true);
});

test.each([
  ["http://localhost:1234/Back", "http://localhost/back"],
  ["http://localhost:1234/back/", "http://localhost/back"],
  ["http://localhost:1234?", "http://localhost"],
  ["http://localhost:99999", "http://localhost"],
  ["http://localhost.example:1234", "http://localhost"],
  ["http://localhost:1234@app.example", "http://localhost"],
  ["https://app.example:444/back", "https://app.example/back"],
])("%s is not %s", (asked, registered) => {
  expect(isRegisteredRedirect(asked, registered)).toBe(false);
});
