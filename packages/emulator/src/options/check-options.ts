import type { EmulatorOptions } from "./emulator-options.ts";
import { KNOWN_NAMES } from "./known-names.ts";
import { refuseUnknown } from "./refuse-unknown.ts";

/** What a value must be: the words for it, and whether it is. */
interface Form {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

type ListName = "tenants" | "accounts" | "applications" | "resources" | "subscriptions";

const TEXT: Form = { expected: "a text", fits: (it) => typeof it === "string" && it !== "" };
const SECONDS: Form = { expected: "zero or more seconds, as a number", fits: isZeroOrMore };
const OBJECT: Form = { expected: "an object", fits: isObject };
const LIST: Form = { expected: "a list", fits: Array.isArray };
const TEXTS: Form = { expected: "a list of texts", fits: (it) => Array.isArray(it) && it.every(TEXT.fits) };
const ACTIONS: readonly unknown[] = ["approve", "decline", "cancel", "close"];

const SINGLE: Readonly<Record<Exclude<keyof EmulatorOptions, ListName>, Form>> = {
  port: {
    expected: "a whole number from 0 to 65535",
    fits: (it) => Number.isInteger(it) && (it as number) >= 0 && (it as number) <= 65_535,
  },
  host: TEXT,
  allowOtherMachines: { expected: "true or false", fits: (it) => typeof it === "boolean" },
  clock: {
    expected: "a clock with now() and advance(), such as virtualClock()",
    fits: (it) => isObject(it) && typeof it["now"] === "function" && typeof it["advance"] === "function",
  },
  person: {
    expected:
      'an object with an action of "approve", "decline", "cancel" or "close", and at most an account (a text) and a delayInMs (a number)',
    fits: (it) =>
      isObject(it) &&
      ACTIONS.includes(it["action"]) &&
      (it["account"] === undefined || TEXT.fits(it["account"])) &&
      (it["delayInMs"] === undefined || isZeroOrMore(it["delayInMs"])),
  },
  accessTokenLifetimeInS: SECONDS,
  deviceCodeLifetimeInS: SECONDS,
  deviceCodeIntervalInS: SECONDS,
};

/** The fields that an item of each list cannot do without. */
const ITEMS: Readonly<Record<ListName, Readonly<Record<string, Form>>>> = {
  tenants: { id: TEXT, domain: TEXT, displayName: TEXT },
  accounts: { username: TEXT, displayName: TEXT, objectId: TEXT, tenantId: TEXT },
  applications: { clientId: TEXT, name: TEXT },
  resources: {
    uri: TEXT,
    appId: TEXT,
    name: TEXT,
    scopes: TEXTS,
  },
  subscriptions: { subscriptionId: TEXT, displayName: TEXT, tenantId: TEXT },
};

/** Fields that an item may have. */
const OPTIONAL: Readonly<Partial<Record<ListName, Readonly<Record<string, Form>>>>> = {
  tenants: {
    kind: {
      expected: '"entra", "external-id" or "adfs"',
      fits: (it) => ["entra", "external-id", "adfs"].includes(it as string),
    },
    hosts: TEXTS,
  },
};

/**
 * Checks what a caller without types may have passed, before anything is started.
 * @throws TypeError that names the option and the form it must have
 */
export function checkOptions(options: unknown): asserts options is EmulatorOptions {
  const given = objectAt("options", options);
  refuseUnknown("startEmulator: options", given, KNOWN_NAMES.options);
  for (const [name, form] of Object.entries(SINGLE)) {
    if (given[name] !== undefined) check(name, given[name], form);
  }
  if (given["person"] !== undefined)
    refuseUnknown("startEmulator: person", given["person"] as object, KNOWN_NAMES.person);
  for (const [name, fields] of Object.entries(ITEMS)) {
    if (given[name] === undefined) continue;
    check(name, given[name], LIST);
    for (const [index, value] of (given[name] as readonly unknown[]).entries()) {
      const place = `${name}[${index}]`;
      const item = objectAt(place, value);
      refuseUnknown(`startEmulator: ${place}`, item, KNOWN_NAMES[name as ListName]);
      for (const part of ["policies", "guestOf"] as const)
        refuseUnknownIn(`${place}.${part}`, part, item[part]);
      for (const [field, form] of Object.entries(fields)) check(`${place}.${field}`, item[field], form);
      for (const [field, form] of Object.entries(OPTIONAL[name as ListName] ?? {}))
        if (item[field] !== undefined) check(`${place}.${field}`, item[field], form);
    }
  }
}

/**
 * Checks what a scripted person is told to do.
 * @throws TypeError that says what is wrong
 */
export function checkPersonAnswer(answer: unknown): void {
  const { expected, fits } = SINGLE.person;
  if (!fits(answer))
    throw new TypeError(`person.script: an answer must be ${expected}, not ${shown(answer)}`);
  refuseUnknown("person.script: an answer", answer as object, KNOWN_NAMES.person);
}

/** The objects of a list within an item. */
function refuseUnknownIn(place: string, part: "policies" | "guestOf", list: unknown): void {
  if (list === undefined) return;
  check(place, list, LIST);
  for (const [index, value] of (list as readonly unknown[]).entries()) {
    const known = KNOWN_NAMES[part];
    refuseUnknown(`startEmulator: ${place}[${index}]`, objectAt(`${place}[${index}]`, value), known);
  }
}

function objectAt(place: string, value: unknown): Readonly<Record<string, unknown>> {
  check(place, value, OBJECT);
  return value as Readonly<Record<string, unknown>>;
}

function check(place: string, value: unknown, { expected, fits }: Form): void {
  if (!fits(value)) throw new TypeError(`startEmulator: ${place} must be ${expected}, not ${shown(value)}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isZeroOrMore(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return isObject(value) ? "this object" : String(value);
}
