import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { iidHeader } from "../scripts/iid-header.ts";
import { wamTypes } from "../scripts/wam-types.ts";
import { parameterizedId, signature } from "../scripts/winrt-type.ts";

describe("interface ids", () => {
  test("the generated header is current", () => {
    const header = readFileSync(new URL("../cpp/wam_iids.h", import.meta.url), "utf8");
    expect(header.replaceAll("\r\n", "\n")).toBe(iidHeader());
  });

  // Published in headers that Microsoft's own compiler wrote, and in mingw-w64's.
  test.each([
    ["IAsyncOperation<WebTokenRequestResult>", "0a815852-7c44-5674-b3d2-fa2e4c1e46c9"],
    ["AsyncOperationCompletedHandler<WebTokenRequestResult>", "deb54b22-70f2-55ab-97c0-6cbdc5ddb6f0"],
    ["IAsyncOperation<FindAllAccountsResult>", "9affb572-58c3-5c6c-9397-2b7704aa35c3"],
    ["IVectorView<WebTokenResponse>", "199e065c-8195-55da-9c10-8aeaf9ac1062"],
    ["IMap<String,String>", "f6d1f700-49c2-52ae-8154-826f9908773c"],
    ["IIterable<IKeyValuePair<String,String>>", "e9bdaaf0-cbf6-5c72-be90-29cbf3a1319b"],
    ["IAsyncOperation<Boolean>", "cdb5efb3-5788-509d-9be1-71ccb8a3362a"],
    ["IAsyncOperation<String>", "3e1fe603-f897-5263-b328-0806426b8a79"],
  ])("%s", (type, id) => {
    expect(parameterizedId(type, wamTypes)).toBe(id);
  });

  test("a class counts with its default interface, a delegate like any generic type", () => {
    expect(signature("AsyncOperationCompletedHandler<WebAccount>", wamTypes)).toBe(
      "pinterface({fcdcf02c-e5d8-4478-915a-4d90b74b83a5};rc(Windows.Security.Credentials.WebAccount;" +
        "{69473eb2-8031-49be-80bb-96cb46d99aba}))",
    );
  });

  test("a name that is not in the table is refused", () => {
    expect(() => signature("IVector<WebToken>", wamTypes)).toThrow('no type "WebToken"');
    expect(() => signature("IVector<", wamTypes)).toThrow("not a type expression");
  });
});
