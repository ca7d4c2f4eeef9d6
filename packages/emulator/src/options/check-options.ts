import type { EmulatorOptions } from "./emulator-options.ts";
import { FORMS_OF_ITEMS } from "./forms-of-items.ts";
import {
  checkForm,
  checkGiven,
  FLAG,
  isObject,
  isZeroOrMore,
  LIST,
  OBJECT,
  SECONDS,
  shown,
  TEXT,
  type Form,
} from "../forms.ts";
import { KNOWN_NAMES } from "./known-names.ts";
import { refuseUnknown } from "../refuse-unknown.ts";

type ListName = "tenants" | "accounts" | "applications" | "resources" | "subscriptions";

const ACTIONS: readonly unknown[] = ["approve", "decline", "cancel", "close"];
const LISTS: readonly ListName[] = ["tenants", "accounts", "applications", "resources", "subscriptions"];
const LISTS_WITHIN = ["policies", "guestOf"] as const;

const SINGLE: Readonly<Record<Exclude<keyof EmulatorOptions, ListName>, Form>> = {
  port: {
    expected: "a whole number from 0 to 65535",
    fits: (it) => Number.isInteger(it) && (it as number) >= 0 && (it as number) <= 65_535,
  },
  host: TEXT,
  allowOtherMachines: FLAG,
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

/**
 * Checks what a caller without types may have passed, before anything is started.
 * @throws TypeError that names the option and the form it must have
 */
export function checkOptions(options: unknown): asserts options is EmulatorOptions {
  const given = objectAt("startEmulator: options", options);
  refuseUnknown("startEmulator: options", given, KNOWN_NAMES.options);
  for (const [name, form] of Object.entries(SINGLE)) {
    if (given[name] !== undefined) checkForm(`startEmulator: ${name}`, given[name], form);
  }
  if (given["person"] !== undefined)
    refuseUnknown("startEmulator: person", given["person"] as object, KNOWN_NAMES.person);
  for (const name of LISTS) checkList(`startEmulator: ${name}`, name, given[name]);
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

/** A list of objects, and the lists within these. */
function checkList(place: string, kind: keyof typeof FORMS_OF_ITEMS, list: unknown): void {
  if (list === undefined) return;
  checkForm(place, list, LIST);
  const { forms, needed } = FORMS_OF_ITEMS[kind];
  for (const [index, value] of (list as readonly unknown[]).entries()) {
    const at = `${place}[${index}]`;
    const item = objectAt(at, value);
    refuseUnknown(at, item, forms);
    for (const within of LISTS_WITHIN) checkList(`${at}.${within}`, within, item[within]);
    for (const name of needed) checkForm(`${at}.${name}`, item[name], forms[name]!);
    checkGiven(at, item, forms);
  }
}

function objectAt(place: string, value: unknown): Readonly<Record<string, unknown>> {
  checkForm(place, value, OBJECT);
  return value as Readonly<Record<string, unknown>>;
}
