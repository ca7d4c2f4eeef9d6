import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { persistentTokenCache } from "@entrada/cache";
import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import type { Emulator, RequestKind } from "@entrada/emulator";
import { fixedKeyStore } from "../programs/fixed-key.mjs";

/** A call that is where it is to be aborted. */
export interface Reached {
  readonly call: Promise<unknown>;
  /** Undoes what was set up for it. */
  readonly leave?: () => Promise<void>;
}

export interface Phase {
  /** As in "an abort <name>". */
  readonly name: string;
  /** Begins a call and returns when it has come so far. */
  readonly reach: (emulator: Emulator, signal: AbortSignal) => Promise<Reached>;
}

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";

export const PHASES: readonly Phase[] = [
  { name: "while the metadata is awaited", reach: whileNever("discovery", pending) },
  {
    name: "while a browser is opened",
    reach: (emulator, signal) => opening(emulator, signal, () => new Promise(() => {})),
  },
  {
    name: "while the browser's answer is awaited",
    reach: (emulator, signal) => opening(emulator, signal, () => {}),
  },
  { name: "while the code is redeemed", reach: whileNever("redeem", pending) },
  { name: "while another caller's prompt is open", reach: behindAnother },
  { name: "while a device code is asked for", reach: whileNever("devicecode", device) },
  { name: "between two polls", reach: betweenPolls },
  { name: "while a poll is not answered", reach: whileNever("poll", device) },
  { name: "while a token is renewed", reach: renewal({ on: "refresh", never: true }) },
  { name: "between two tries", reach: renewal({ on: "refresh", status: 503, retryAfter: 30, times: 9 }) },
  { name: "while the cache's lock is another's", reach: behindLock },
];

function pending(emulator: Emulator, signal: AbortSignal): Promise<unknown> {
  return browser(emulator).getToken(ARM, { abortSignal: signal });
}

function device({ authorityHost, person }: Emulator, signal: AbortSignal): Promise<unknown> {
  const credential = new DeviceCodeCredential({
    authorityHost,
    userPromptCallback: (info) => void person.answerDeviceCode(info).catch(() => {}),
  });
  return credential.getToken(ARM, { abortSignal: signal });
}

function browser({ authorityHost, person }: Emulator, more: object = {}): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost,
    openBrowser: (url) => void person.openBrowser(url).catch(() => {}),
    ...more,
  });
}

/** A call whose request of a kind is never answered. */
function whileNever(
  kind: RequestKind,
  begin: (emulator: Emulator, signal: AbortSignal) => Promise<unknown>,
): Phase["reach"] {
  return async (emulator, signal) => {
    emulator.script({ on: kind, never: true, times: 9 });
    const call = begin(emulator, signal);
    await asked(emulator, kind);
    return { call };
  };
}

async function opening(
  emulator: Emulator,
  signal: AbortSignal,
  open: () => void | Promise<void>,
): Promise<Reached> {
  let call: Promise<unknown> | undefined;
  await new Promise<void>((resolve) => {
    const openBrowser = (): void | Promise<void> => {
      resolve();
      return open();
    };
    call = browser(emulator, { openBrowser }).getToken(ARM, { abortSignal: signal });
  });
  return { call: call! };
}

async function behindAnother(emulator: Emulator, signal: AbortSignal): Promise<Reached> {
  const other = new AbortController();
  let first: Promise<unknown> | undefined;
  let second: Promise<unknown> | undefined;
  await new Promise<void>((resolve) => {
    const credential = browser(emulator, { openBrowser: () => resolve() });
    first = credential.getToken(ARM, { abortSignal: other.signal }).catch(() => {});
    second = credential.getToken(STORAGE, { abortSignal: signal });
  });
  const leave = async (): Promise<void> => {
    other.abort();
    await first;
  };
  return { call: second!, leave };
}

async function betweenPolls(emulator: Emulator, signal: AbortSignal): Promise<Reached> {
  emulator.script({ on: "poll", error: { error: "authorization_pending" }, times: 99 });
  const call = device(emulator, signal);
  await asked(emulator, "poll");
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { call };
}

/** A call whose renewal goes wrong: the credential has signed in for something else. */
function renewal(fault: Parameters<Emulator["script"]>[0]): Phase["reach"] {
  return async (emulator, signal) => {
    const credential = browser(emulator);
    await credential.getToken(ARM);
    emulator.script(fault);
    const call = credential.getToken(STORAGE, { abortSignal: signal });
    await asked(emulator, "refresh");
    return { call };
  };
}

async function behindLock(emulator: Emulator, signal: AbortSignal): Promise<Reached> {
  const directory = await mkdtemp(join(tmpdir(), "entrada-limits-"));
  const open = () => persistentTokenCache({ name: "limits", directory, keyStore: fixedKeyStore });
  const credential = browser(emulator, { tokenCache: open() });
  const record = await credential.authenticate(ARM);
  const key = `${record.clientId}|${record.authority}|${record.homeAccountId}`;
  const done = Promise.withResolvers<void>();
  let held: Promise<unknown> | undefined;
  await new Promise<void>((resolve) => {
    held = open().withLock(key, async () => {
      resolve();
      await done.promise;
    });
  });
  const call = browser(emulator, { tokenCache: open(), authenticationRecord: record }).getToken(STORAGE, {
    abortSignal: signal,
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const leave = async (): Promise<void> => {
    done.resolve();
    await held;
    await rm(directory, { recursive: true });
  };
  return { call, leave };
}

/** Waits until a request of a kind has come. */
async function asked(emulator: Emulator, kind: RequestKind): Promise<void> {
  while (emulator.count(kind) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
