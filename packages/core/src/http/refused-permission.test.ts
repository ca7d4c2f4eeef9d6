import { describe, expect, test } from "vitest";
import { refusedPermission } from "./refused-permission.ts";

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });
const coded = (code: string): Error => Object.assign(new Error(`getaddrinfo ${code} login.test`), { code });
const behind = (cause: Error): Error => new TypeError("fetch failed", { cause });

describe("a permission that the runtime has refused", () => {
  test.each([
    ["--allow-sys", named("NotCapable", 'Requires sys access to "ca", run again with the --allow-sys flag')],
    ["--allow-net", named("NotCapable", 'Requires net access to "a:1", run again with the --allow-net flag')],
    ["--allow-net", named("PermissionDenied", "Requires net access, run again with the --allow-net flag")],
    ["--allow-net", named("NotCapable", "in words that nobody knows yet")],
    ["--allow-net", coded("ERR_ACCESS_DENIED")],
  ])("is %s", (flag, error) => {
    expect(refusedPermission(error, {})).toBe(flag);
    expect(refusedPermission(behind(error), {})).toBe(flag);
  });

  test("is what Deno calls EPERM, and in Node.js that is a firewall", () => {
    expect(refusedPermission(behind(coded("EPERM")), { deno: "2.9.6", node: "24.0.0" })).toBe("--allow-net");
    expect(refusedPermission(behind(coded("EPERM")), { node: "24.0.0" })).toBeUndefined();
  });

  test.each([undefined, "EPERM", coded("ECONNREFUSED"), named("Error", "--allow-net")])(
    "is not %s",
    (error) => expect(refusedPermission(error, { deno: "2.9.6" })).toBeUndefined(),
  );
});
