import type { Emulator } from "@entrada/emulator";
import { request } from "node:https";

/**
 * A person signs in at the browser of another computer, where no program waits for the answer.
 * @returns the address at which the browser ends
 */
export async function signInElsewhere(page: string, emulator: Emulator): Promise<string> {
  let answer = await send(page, undefined, emulator);
  for (let steps = 0; steps < 8; steps += 1) {
    if (answer.location?.startsWith("http:") === true) return answer.location;
    answer =
      answer.location === undefined
        ? await send(...firstForm(answer), emulator)
        : await send(new URL(answer.location, answer.url).href, undefined, emulator);
  }
  throw new Error("The pages never ended.");
}

interface Answer {
  readonly url: string;
  readonly location: string | undefined;
  readonly text: string;
}

function send(
  url: string,
  form: string | undefined,
  { certificateAuthority: ca }: Emulator,
): Promise<Answer> {
  const method = form === undefined ? "GET" : "POST";
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const outgoing = request(url, { ca, method, headers }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      incoming.on("end", () => resolve({ url, location: incoming.headers.location, text }));
    });
    outgoing.on("error", reject).end(form);
  });
}

function firstForm({ url, text }: Answer): [url: string, form: string] {
  const [, attributes = "", content = ""] = /<form([^>]*)>([^]*?)<\/form>/.exec(text) ?? [];
  const fields = Array.from(
    content.matchAll(/<(?:input|button)([^>]*)>/g),
    ([, field = ""]): [string, string] => [valueOf("name", field), valueOf("value", field)],
  ).filter(([name]) => name !== "");
  return [new URL(valueOf("action", attributes), url).href, new URLSearchParams(fields).toString()];
}

function valueOf(attribute: string, text: string): string {
  const [, value = ""] = new RegExp(`\\b${attribute}="([^"]*)"`).exec(text) ?? [];
  return value.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
