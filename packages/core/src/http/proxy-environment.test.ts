import { describe, expect, it } from "vitest";
import { HttpTransportError } from "./http-transport.ts";
import { proxyFor } from "./proxy-environment.ts";

const PROXY = "http://proxy.contoso.test:8080";

function goesThrough(url: string, noProxy: string): boolean {
  return proxyFor(new URL(url), { HTTPS_PROXY: PROXY, NO_PROXY: noProxy }) !== undefined;
}

describe("HTTPS_PROXY", () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: "" }, undefined],
    [{ HTTPS_PROXY: " " }, undefined],
    [{ HTTPS_PROXY: PROXY }, `${PROXY}/`],
    [{ https_proxy: PROXY }, `${PROXY}/`],
    [{ https_proxy: PROXY, HTTPS_PROXY: "http://other.test" }, `${PROXY}/`],
    [{ https_proxy: "", HTTPS_PROXY: PROXY }, undefined],
    [{ HTTPS_PROXY: "proxy.contoso.test:8080" }, `${PROXY}/`],
    [{ HTTPS_PROXY: "https://proxy.contoso.test" }, "https://proxy.contoso.test/"],
    [{ HTTPS_PROXY: "http://[::1]:3128" }, "http://[::1]:3128/"],
    [{ HTTP_PROXY: PROXY }, undefined],
  ])("%o gives %o", (env, expected) => {
    expect(proxyFor(new URL("https://login.microsoftonline.com/x"), env)?.href).toBe(expected);
  });

  it.each(["socks5://proxy.test:1080", "file:///etc/passwd", "http://", "http://a b", "://"])(
    "%s is an error, not a reason to go directly",
    (address) => {
      const ask = (): unknown => proxyFor(new URL("https://login.test/"), { HTTPS_PROXY: address });
      expect(ask).toThrow(HttpTransportError);
      expect(ask).toThrow(expect.objectContaining({ fault: "proxy_invalid", sent: false }));
    },
  );
});

describe("a proxy's URL that means something else than it says", () => {
  it.each([
    [
      "http://DOMAIN\\user:hunter2@proxy:3128",
      /^HTTPS_PROXY is set to "http:\/\/\*\*\*@proxy:3128", which .*%5C/,
    ],
    ["DOMAIN\\user:hunter2@proxy:3128", /"\*\*\*@proxy:3128".*%5C/],
    ["http://user:hun/ter2@proxy:3128", /"http:\/\/\*\*\*@proxy:3128", which is not a URL/],
    ["http://user:12/hunter2@proxy:3128", /%2F/],
    ["http://user:12#hunter2@proxy:3128", /%23/],
    ["http://us?er:hunter2@proxy:3128", /%3F/],
    ["socks5://user:hunter2@proxy:1080", /not the URL of an http or https proxy/],
    ["http://user:hunter2@pro xy:3128", /not a URL/],
    ["http:/proxy:3128", /"http:\/proxy:3128", which is not a URL/],
    ["https:proxy:3128", /not a URL/],
    ["http://user:hunter2%@proxy:3128", /%25/],
    ["http://us%zer:hunter2@proxy:3128", /%25/],
    ["http://user:hunter2", /"http:\/\/\*\*\*", which is not a URL/],
  ])("is told, and never its password: %s", (address, message) => {
    const ask = (): unknown => proxyFor(new URL("https://login.test/"), { HTTPS_PROXY: address });
    expect(ask).toThrow(
      expect.objectContaining({ fault: "proxy_invalid", message: expect.stringMatching(message) }),
    );
    expect(ask).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/hunter2|ter2|DOMAIN/) }),
    );
  });

  it("is named by the variable that it stands in", () => {
    const env = { https_proxy: "ftp://proxy", HTTPS_PROXY: PROXY };
    expect(() => proxyFor(new URL("https://login.test/"), env)).toThrow(/^https_proxy is set to "ftp:/);
  });

  it.each(["http://DOMAIN%5Cuser:p%40ss@proxy:3128", "http://user:p@ss@proxy:3128", "http://proxy:3128/"])(
    "is none that a parser reads as it is meant: %s",
    (address) => {
      expect(proxyFor(new URL("https://login.test/"), { HTTPS_PROXY: address })?.host).toBe("proxy:3128");
    },
  );
});

describe("NO_PROXY", () => {
  it.each([
    ["*", "https://login.microsoftonline.com"],
    ["login.microsoftonline.com", "https://login.microsoftonline.com"],
    ["LOGIN.MicrosoftOnline.COM", "https://login.microsoftonline.com"],
    ["microsoftonline.com", "https://login.microsoftonline.com"],
    [".microsoftonline.com", "https://login.microsoftonline.com"],
    ["https://login.microsoftonline.com/", "https://login.microsoftonline.com"],
    ["*.microsoftonline.com", "https://login.microsoftonline.com"],
    ["a.test, microsoftonline.com ,b.test", "https://login.microsoftonline.com"],
    ["a.test microsoftonline.com", "https://login.microsoftonline.com"],
    ["microsoftonline.com:443", "https://login.microsoftonline.com"],
    ["localhost:8443", "https://localhost:8443"],
    ["login.test.", "https://login.test"],
    ["127.0.0.1", "https://127.0.0.1:8443"],
    ["127.0.0.0/8", "https://127.3.4.5"],
    ["10.0.0.0/8,192.168.0.0/16", "https://192.168.7.7"],
    ["127.0.0.1:8443", "https://127.0.0.1:8443"],
    ["::1", "https://[::1]:8443"],
    ["[::1]", "https://[::1]"],
    ["[::1]:8443", "https://[::1]:8443"],
    ["fd00::/8", "https://[fd12::7]"],
  ])("%s exempts %s", (noProxy, url) => {
    expect(goesThrough(url, noProxy)).toBe(false);
  });

  it.each([
    ["", "https://login.microsoftonline.com"],
    [" , ,", "https://login.microsoftonline.com"],
    ["online.com", "https://login.microsoftonline.com"],
    ["evil-login.microsoftonline.com", "https://login.microsoftonline.com"],
    ["microsoftonline.com:8443", "https://login.microsoftonline.com"],
    [".", "https://login.microsoftonline.com"],
    ["*.", "https://login.microsoftonline.com"],
    ["127.0.0.1", "https://127.0.0.2"],
    ["7.0.0.1", "https://127.0.0.1"],
    ["10.0.0.0/8", "https://127.0.0.1"],
    ["10.0.0.0/99", "https://10.0.0.1"],
    ["10.0.0.0/x", "https://10.0.0.1"],
    ["127.0.0.1:1", "https://127.0.0.1:8443"],
    ["::1", "https://[::2]"],
    ["::/129", "https://[::1]"],
    ["0.0.0.0/0", "https://[::1]"],
    ["0.0.0.0/0", "https://login.microsoftonline.com"],
  ])("%o does not exempt %s", (noProxy, url) => {
    expect(goesThrough(url, noProxy)).toBe(true);
  });
});
