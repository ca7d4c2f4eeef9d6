import type { EmulatorOptions } from "./emulator-options.ts";
import type { PersonAnswer } from "./person-answer.ts";

/** The names of a type, each once: the compiler asks for every new one. */
type Names<T> = Readonly<Record<keyof T, true>>;

const OPTIONS: Names<EmulatorOptions> = {
  port: true,
  host: true,
  allowOtherMachines: true,
  tenants: true,
  accounts: true,
  applications: true,
  resources: true,
  subscriptions: true,
  clock: true,
  person: true,
  accessTokenLifetimeInS: true,
  deviceCodeLifetimeInS: true,
  deviceCodeIntervalInS: true,
};
const PERSON: Names<PersonAnswer> = { action: true, account: true, delayInMs: true };

/** Which names the objects of an emulator's options may have that are no items of a list: those have a form for each. */
export const KNOWN_NAMES: Readonly<{ options: Names<EmulatorOptions>; person: Names<PersonAnswer> }> = {
  options: OPTIONS,
  person: PERSON,
};
