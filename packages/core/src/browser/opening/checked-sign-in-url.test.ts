import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { checkedSignInUrl } from "./checked-sign-in-url.ts";

const AUTHORIZE = "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize";

describe("a sign-in URL", () => {
  it.each([
    `${AUTHORIZE}?client_id=1&scope=a%20b+c&claims=%7B%22a%22%3A1%7D`,
    "http://localhost:8400/authorize?x=1",
    "http://127.0.0.1:1/",
    "http://[::1]:1/",
    "https://login.example.test:8443/a",
  ])("is handed on as it is: %s", (url) => {
    expect(checkedSignInUrl(url)).toBe(url);
  });

  it("is serialised anew, so that nothing in it ends an argument", () => {
    expect(checkedSignInUrl('HTTPS://LOGIN.example.test\\a\\"b<c>?q="<>\'#"<>`')).toBe(
      "https://login.example.test/a/%22b%3Cc%3E?q=%22%3C%3E%27#%22%3C%3E%60",
    );
  });

  it.each([
    "file:///etc/passwd",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "ms-settings:privacy",
    "ms-msdt:/id",
    "ms-appinstaller:?source=x",
    "search-ms:query=x",
    "vscode://file/x",
    "ftp://example.test/x",
    "ws://example.test/x",
    "wss://example.test/x",
    "blob:https://example.test/x",
    "view-source:https://example.test",
    "about:blank",
    "chrome://settings",
    "mailto:a@example.test",
    "tel:1",
    "ssh://example.test",
    "smb://example.test/x",
    "ldap://example.test",
    "jar:https://example.test!/x",
    "shell:startup",
    "cmd:/c calc",
    "intent://x#Intent;end",
    "steam://run/1",
    "http://login.microsoftonline.com/",
    "http://localhost.example.test/",
    "http://127.0.0.2/",
    "http://0.0.0.0/",
    "\\\\server\\share",
    "//server/share",
    "/etc/passwd",
    "C:\\Windows\\System32\\calc.exe",
    "-h",
    "--help",
    "-https://login.microsoftonline.com/",
    "",
    "https://",
    "https://exa mple.test/",
    " https://example.test/",
    "https://example.test/\n--help",
    "https://example.test/\u0000",
    "ht\ttps://example.test/",
    "https://user@example.test/",
    "https://login.microsoftonline.com:pw@example.test/",
  ])("is refused: %j", (url) => {
    expect(() => checkedSignInUrl(url)).toThrow(
      expect.objectContaining({ code: "invalid_response", detail: "endpoint_not_allowed", retryable: false }),
    );
  });

  it("is refused on a host that is not the authority's", () => {
    const hosts = ["login.microsoftonline.com", "localhost:8400"];
    expect(checkedSignInUrl(AUTHORIZE, hosts)).toBe(AUTHORIZE);
    expect(checkedSignInUrl("http://localhost:8400/a", hosts)).toBe("http://localhost:8400/a");
    for (const url of [
      "https://login.microsoftonline.com.example.test/",
      "https://example.test/login.microsoftonline.com",
      "https://login.microsoftonline.com:444/",
      "https://xlogin.microsoftonline.com/",
      "https://login.microsoftonline.com%2eexample.test/",
      "http://localhost:8401/a",
    ]) {
      expect(() => checkedSignInUrl(url, hosts)).toThrow(
        expect.objectContaining({ detail: "endpoint_not_allowed" }),
      );
    }
  });

  it("is refused over 8,000 characters, before and after it is encoded", () => {
    const fits = `${AUTHORIZE}?claims=`.padEnd(8000, "a");
    expect(checkedSignInUrl(fits)).toBe(fits);
    const tooLong = expect.objectContaining({
      name: "TypeError",
      code: "ERR_INVALID_ARG_VALUE",
      detail: "auth_url_too_long",
    });
    expect(() => checkedSignInUrl(`${fits}a`)).toThrow(tooLong);
    expect(() => checkedSignInUrl(`${AUTHORIZE}?claims=`.padEnd(7000, '"'))).toThrow(tooLong);
    expect(() => checkedSignInUrl("x".repeat(1_000_000))).toThrow(tooLong);
  });

  it.each([
    "ftp://example.test/?state=secret-state",
    "https://user@example.test/?state=secret-state",
    `${AUTHORIZE}?state=secret-state`.padEnd(9000, "a"),
  ])("is never in the error: %.40s", (url) => {
    let error: unknown;
    try {
      checkedSignInUrl(url);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("secret-state");
  });
});
