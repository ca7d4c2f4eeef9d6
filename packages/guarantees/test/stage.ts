import { startEmulator, type Emulator, type EmulatorOptions, type PersonAnswer } from "@entrada/emulator";
import {
  azureIdentity,
  entrada,
  type BrowserSubjectOptions,
  type DeviceCodeSubjectOptions,
  type Subject,
  type SubjectCredential,
} from "../src/index.ts";

export const ARM = "https://management.azure.com/.default";
export const STORAGE = "https://storage.azure.com/.default";

/** `SUBJECT=azure-identity` puts the promises to another library; by default they are Entrada's. */
const subject: Subject = process.env.SUBJECT === "azure-identity" ? await azureIdentity() : entrada;

type Options<T> = Omit<Partial<T>, "onOpen" | "onPrompt" | "authorityHost">;

/** An emulator with a scripted person in front of the subject, and what the person saw. */
export interface Stage extends AsyncDisposable {
  readonly emulator: Emulator;
  /** The addresses that the browser was asked to open. */
  readonly opened: string[];
  readonly prompts: Record<string, unknown>[];
  browser(options?: Options<BrowserSubjectOptions>): SubjectCredential;
  deviceCode(options?: Options<DeviceCodeSubjectOptions>): SubjectCredential;
  /** Resolves when the browser is asked to open an address. */
  nextOpened(): Promise<string>;
}

export async function openStage(
  options: EmulatorOptions & { readonly person?: PersonAnswer } = {},
): Promise<Stage> {
  const emulator = await startEmulator(options);
  emulator.trust();
  const opened: string[] = [];
  const prompts: Record<string, unknown>[] = [];
  const waiting: ((url: string) => void)[] = [];
  const stop = new AbortController();
  return {
    emulator,
    opened,
    prompts,
    nextOpened: () => new Promise((resolve) => waiting.push(resolve)),
    browser: (more = {}) =>
      subject.browser({
        authorityHost: emulator.authorityHost,
        ...more,
        onOpen: (url) => {
          opened.push(url);
          waiting.shift()?.(url);
          void emulator.person.openBrowser(url, { signal: stop.signal });
        },
      }),
    deviceCode: (more = {}) =>
      subject.deviceCode({
        authorityHost: emulator.authorityHost,
        ...more,
        onPrompt: (info) => {
          prompts.push({ ...info });
          // A person who declines, or who is away, ends no promise of ours.
          emulator.person.answerDeviceCode(info, { signal: stop.signal }).catch(() => {});
        },
      }),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

/** The error of a call that must fail; a call that is still pending after `ms` counts as `"pending"`. */
export async function failureOf(
  call: Promise<unknown>,
  ms = 10_000,
): Promise<Record<string, unknown> | "pending" | "no error"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"pending">((resolve) => (timer = setTimeout(resolve, ms, "pending")));
  const failure = call.then(
    () => "no error" as const,
    (error: unknown) => error as Record<string, unknown>,
  );
  return Promise.race([failure, late]).finally(() => clearTimeout(timer));
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as Record<string, unknown>;
}
