import { listed, unsuitable, whole, worded, type ExpectedRefusal } from "./expected-refusal.ts";

/** What is wrong with an option of a constructor, and how it is refused. */
export interface WrongOption {
  readonly option: string;
  readonly value: unknown;
  readonly refusal: ExpectedRefusal;
}

const NO_TEXT = [null, 7, true, {}, [], () => "x"];
const NO_FLAG = [null, 0, 1, "true", "", {}, []];
const NO_FUNCTION = [null, "log", 7, {}, [], true];
const NO_TIME = [null, 0, -1, 2 ** 31, Number.NaN, Number.POSITIVE_INFINITY, "30", "5m", {}, [30], true];
const NO_TENANT = [
  "",
  ".",
  "..",
  "../x",
  "a/b",
  "a\\b",
  "a b",
  " common",
  "common\n",
  "a\r\nb",
  "a\0",
  "x?y=z",
  "x#y",
  "x%2fy",
  "{tenant}",
  "\u00e4.example",
  "(a+)+$",
  "x".repeat(254),
  "00000000-0000-0000-0000-000000000000",
];
const NO_AUTHORITY = [
  "",
  "not a url",
  "login.microsoftonline.com",
  "http://login.microsoftonline.com",
  "file:///etc/hosts",
  "javascript:alert(1)",
  "ftp://login.microsoftonline.com",
  "https://",
  "https://user:pass@login.microsoftonline.com",
  "https://user@login.microsoftonline.com",
  "https://login.microsoftonline.com/?a=b",
  "https://login.microsoftonline.com/#a",
  "https://login.microsoftonline.com:99999",
  "https://[::1",
];
const NO_WHOLE_RECORD = [
  {},
  { homeAccountId: "a.b" },
  {
    authority: "login.microsoftonline.com",
    homeAccountId: 7,
    clientId: "c",
    tenantId: "t.example",
    username: "u",
  },
];
const NO_STORE = [null, {}, [], 7, "memory", () => ({}), { read() {}, write() {} }];
const MISSPELT = [
  "tenantID",
  "authority",
  "timeout",
  "scope",
  "redirectURI",
  "client_id",
  "cache",
  "__proto",
  "logger",
];

const of = (option: string, values: readonly unknown[], refusal = whole): readonly WrongOption[] =>
  values.map((value) => ({ option, value, refusal: refusal(value) }));

/** What no credential takes. */
export const WRONG_OPTIONS: readonly WrongOption[] = [
  ...of("clientId", [...NO_TEXT, "", "a b", "a\r\nb", "\u0000"]),
  ...of("tenantId", [...NO_TEXT, ...NO_TENANT]),
  ...of("authorityHost", [...NO_TEXT, ...NO_AUTHORITY], worded("invalid_authority")),
  ...of("additionallyAllowedTenants", [null, "*", 7, {}, [7], ["a/b"], [""], ["*", "a b"], [null]], listed),
  ...of("disableInstanceDiscovery", NO_FLAG),
  ...of("disableAutomaticAuthentication", NO_FLAG),
  ...of("authenticationRecord", [null, [], 7]),
  ...of("authenticationRecord", NO_WHOLE_RECORD, unsuitable),
  ...of("tokenCache", NO_STORE),
  ...of("fetch", NO_FUNCTION),
  ...of("onEvent", NO_FUNCTION),
  ...of("requestTimeoutInMs", NO_TIME),
  ...of("timeoutInMs", NO_TIME),
  ...of("promptCooldownInMs", [null, -1, 2 ** 31, Number.NaN, "30", {}, true]),
  ...of("loginHint", [...NO_TEXT, "", "a\nb", "a\u001b[31m"]),
  ...of("prompt", [...NO_TEXT, "", "select", "LOGIN", "none login"]),
  ...MISSPELT.flatMap((option) => of(option, ["x"], worded("unknown_option"))),
];
