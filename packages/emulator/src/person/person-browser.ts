import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { IncomingMessage } from "node:http";
import { wayTo, type Reachable } from "../http/emulator-fetch.ts";

/** A page as the scripted person sees it: its forms, and no more. */
export interface BrowserPage {
  readonly url: string;
  readonly status: number;
  readonly title: string;
  readonly forms: readonly BrowserForm[];
  /** Whether it is one of the emulator's, and not the application's. */
  readonly isEmulator: boolean;
  readonly emulator: Reachable;
  /** The origin of the emulator. */
  readonly home: string;
}

export interface BrowserForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly buttons: readonly { readonly name: string; readonly value: string }[];
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const MAX_REDIRECTS = 5;

/** Opens a page of the emulator, or an address of an application on this machine that leads on to one. */
export function openPage(url: string, emulator: Reachable, signal?: AbortSignal): Promise<BrowserPage> {
  return load(url, undefined, { emulator, home: new URL(url).origin }, signal);
}

/** Sends a form of a page, with these fields beside its own. */
export function submit(
  page: BrowserPage,
  form: BrowserForm | undefined,
  fields: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<BrowserPage> {
  if (!form) throw new Error(`The page "${page.title}" has no such form`);
  const body = new URLSearchParams({ ...form.fields, ...fields }).toString();
  return load(new URL(form.action, page.url).href, body, page, signal);
}

async function load(
  url: string,
  form: string | undefined,
  { emulator, home: from }: Pick<BrowserPage, "emulator" | "home">,
  signal: AbortSignal | undefined,
): Promise<BrowserPage> {
  let home = from;
  let target = new URL(url);
  let body = form;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (!LOOPBACK.includes(target.hostname) && !emulator.answersAt(target.hostname))
      throw new Error(`The scripted person does not leave this machine: ${target.host}`);
    const { status, location, text } = await exchange(target, body, { emulator, origin: home }, signal);
    if (status < 300 || status >= 400 || location === undefined) {
      const isEmulator = target.origin === home;
      return {
        url: target.href,
        status,
        title: titleOf(text),
        forms: isEmulator ? formsOf(text) : [],
        isEmulator,
        emulator,
        home,
      };
    }
    target = new URL(location, target);
    // The emulator speaks https only: what led here was not its own page.
    if (home.startsWith("http:")) home = target.origin;
    body = undefined;
  }
  throw new Error("The scripted person was sent in circles");
}

function exchange(
  url: URL,
  body: string | undefined,
  { emulator, origin }: { readonly emulator: Reachable; readonly origin: string },
  signal: AbortSignal | undefined,
): Promise<{ status: number; location: string | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const headers = {
      accept: "text/html",
      host: url.host,
      connection: "close",
      ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded", origin }),
    };
    const options = {
      ...wayTo(url, emulator),
      path: url.pathname + url.search,
      method: body === undefined ? "GET" : "POST",
      headers,
      ...(signal && { signal }),
    };
    const request = send(options, (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

function titleOf(text: string): string {
  return unescape(/<h1[^>]*>([^<]*)</.exec(text)?.[1] ?? "");
}

/** Enough for the emulator's own pages, which write every attribute with double quotes. */
function formsOf(text: string): BrowserForm[] {
  return [...text.matchAll(/<form\s([^>]*)>([\s\S]*?)<\/form>/g)].map(
    ([, attributes = "", content = ""]) => ({
      action: attribute(attributes, "action") ?? "",
      fields: Object.fromEntries(
        [...content.matchAll(/<input\s([^>]*)>/g)]
          .filter(([, of = ""]) => attribute(of, "type") === "hidden")
          .map(([, of = ""]) => [attribute(of, "name") ?? "", attribute(of, "value") ?? ""]),
      ),
      buttons: [...content.matchAll(/<button([^>]*)>/g)].map(([, of = ""]) => ({
        name: attribute(of, "name") ?? "",
        value: attribute(of, "value") ?? "",
      })),
    }),
  );
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : unescape(value);
}

function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
