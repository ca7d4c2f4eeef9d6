import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { addonTransport } from "./addon-transport.ts";
import type { WamAddon } from "./wam-addon.ts";
import { WamError } from "./wam-error.ts";
import type { WamRequest } from "./wam-request.ts";

const windowRequest: WamRequest = {
  operationId: 1,
  mode: "window",
  providerAuthority: "organizations",
  scope: "openid",
  clientId: "client",
};

describe("the transport over the native module", () => {
  test("hands a request on unchanged, with the handle as a number", async () => {
    const seen: unknown[] = [];
    const transport = addonTransport({
      request: (request: unknown) => {
        seen.push(request);
        return Promise.resolve({ status: 1, responses: [] });
      },
    } as unknown as WamAddon);

    await expect(
      transport.request({ ...windowRequest, windowHandle: Buffer.from("10000200", "hex") }),
    ).resolves.toEqual({ status: 1, responses: [] });
    await transport.request(windowRequest);

    expect(seen).toEqual([
      { ...windowRequest, windowHandle: 0x20010n },
      { ...windowRequest, windowHandle: 0n },
    ]);
  });

  test("turns a native failure into a WamError", async () => {
    const native = Object.assign(new Error("native"), {
      code: "WAM_HRESULT",
      step: "RequestTokenForWindowAsync",
      hresult: 0x8007_0422,
    });
    const transport = addonTransport({ request: () => Promise.reject(native) } as unknown as WamAddon);
    const error = await transport.request(windowRequest).catch((error: unknown) => error);

    expect(error).toBeInstanceOf(WamError);
    expect(error).toMatchObject({
      code: "WAM_HRESULT",
      step: "RequestTokenForWindowAsync",
      hresult: 0x8007_0422,
      message: "A call to the Windows Web Account Manager failed (RequestTokenForWindowAsync, 0x80070422).",
    });
  });

  test("a wrong argument rejects and does not throw", async () => {
    const transport = addonTransport({
      request: () => {
        throw new TypeError("scope must be a string");
      },
    } as unknown as WamAddon);

    await expect(transport.request(windowRequest)).rejects.toThrow("scope must be a string");
    await expect(transport.request({ ...windowRequest, windowHandle: -1 })).rejects.toMatchObject({
      code: "ERR_INVALID_ARG_VALUE",
    });
  });
});
