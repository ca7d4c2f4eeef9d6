import { listed, unsuitable, whole, worded, type ExpectedRefusal } from "./expected-refusal.ts";

/** What is wrong with a call, and how it is refused. */
export interface WrongCall {
  /** Which the error names. */
  readonly option: string;
  readonly refusal: ExpectedRefusal;
  readonly scopes: unknown;
  readonly options?: unknown;
}

const SCOPE = "https://management.azure.com/.default";
const of = (option: string, values: readonly unknown[], refusal = whole): readonly WrongCall[] =>
  values.map((value) => ({
    option,
    refusal: refusal(value),
    scopes: SCOPE,
    options: { [option]: value },
  }));

const SCOPES = [
  "",
  " ",
  "a\nb",
  "a\r\nSet-Cookie: x",
  "a\0",
  "a\tb",
  "\u00e4",
  [""],
  ["a", ""],
  ["a b"],
  ["a", 7],
  [null],
  [undefined],
  [[]],
  7,
  true,
  {},
  () => "a",
];

/** What `getToken` and `authenticate` refuse before anything is asked. */
export const WRONG_CALLS: readonly WrongCall[] = [
  ...SCOPES.map((scopes) => ({ option: "scopes", refusal: listed(scopes), scopes })),
  ...[7, "x", true, [], () => ({})].map((options) => ({
    option: "options",
    refusal: whole(options),
    scopes: SCOPE,
    options,
  })),
  ...of("tenantId", [null, 7, {}, [], true, "", "..", "a/b", "a b", "a\r\nb", "x?y", "x".repeat(254)]),
  ...of("claims", [7, true, {}, [], "x", "[]", "null", "5", '"x"', "{", '{"a":}', "{}{}"], unsuitable),
  ...of("enableCae", ["yes", 0, 1, {}, []]),
  ...of("abortSignal", [7, "x", true, {}, [], { aborted: false }]),
  ...["timeOut", "tenant", "cae", "scope", "force"].flatMap((option) =>
    of(option, ["x"], worded("unknown_option")),
  ),
];
