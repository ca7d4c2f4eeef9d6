import { request } from "node:https";
import { request as plainRequest } from "node:http";

/** A person at a browser without scripts: follows redirects, keeps cookies, and fills in every form it is shown. */
export class FormPerson {
  readonly #ca: string;
  readonly #cookies = new Map<string, string>();
  readonly #answers: Readonly<Record<string, string>>;
  readonly #leavesHome: boolean;

  /** @param leavesHome - whether the browser reaches the application; else it ends at the address where that would be */
  constructor(ca: string, answers: Readonly<Record<string, string>>, leavesHome = true) {
    this.#ca = ca;
    this.#answers = answers;
    this.#leavesHome = leavesHome;
  }

  /**
   * Opens an address and goes on until a page without a form; a form that leads to plain HTTP is the last one.
   * @returns what stands in the address bar at the end
   */
  async open(address: string): Promise<string> {
    let page = await this.#follow(address);
    for (let steps = 0; steps < 8; steps += 1) {
      const form = formIn(page.body, page.url);
      if (!form) return page.url;
      const fields = new URLSearchParams(form.fields);
      for (const [name, value] of Object.entries(this.#answers))
        if (fields.has(name)) fields.set(name, value);
      page = await this.#follow(form.action, fields.toString());
      if (form.action.startsWith("http:")) return page.url;
    }
    throw new Error("The pages never ended.");
  }

  async #follow(address: string, body?: string): Promise<{ readonly url: string; readonly body: string }> {
    let url = address;
    let form = body;
    for (let hops = 0; hops < 8; hops += 1) {
      const answer = await this.#send(url, form);
      if (answer.status < 300 || answer.status > 399) return { url, body: answer.body };
      url = new URL(answer.location ?? "", url).href;
      if (!this.#leavesHome && url.startsWith("http:")) return { url, body: "" };
      form = undefined;
    }
    throw new Error("The redirects never ended.");
  }

  #send(
    url: string,
    body: string | undefined,
  ): Promise<{ status: number; location: string | undefined; body: string }> {
    const send = url.startsWith("https:") ? request : plainRequest;
    return new Promise((resolve, reject) => {
      const outgoing = send(
        url,
        {
          method: body === undefined ? "GET" : "POST",
          ca: this.#ca,
          headers: {
            cookie: [...this.#cookies].map((pair) => pair.join("=")).join("; "),
            ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
          },
        },
        (incoming) => {
          for (const line of incoming.headers["set-cookie"] ?? []) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            if (name) this.#cookies.set(name, value ?? "");
          }
          let text = "";
          incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          incoming.on("end", () =>
            resolve({ status: incoming.statusCode ?? 0, location: incoming.headers.location, body: text }),
          );
        },
      );
      outgoing.on("error", reject).end(body);
    });
  }
}

function formIn(page: string, url: string): { action: string; fields: [string, string][] } | undefined {
  const [, attributes, content] = /<form([^>]*)>([\s\S]*?)<\/form>/i.exec(page) ?? [];
  if (attributes === undefined || content === undefined) return undefined;
  const fields = [...content.matchAll(/<(?:input|button)([^>]*)>/gi)]
    .map(([, text]) => [attribute(text!, "name"), attribute(text!, "value") ?? ""] as const)
    .filter((field): field is [string, string] => field[0] !== undefined);
  return { action: new URL(attribute(attributes, "action") || url, url).href, fields };
}

function attribute(text: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`, "i").exec(text)?.[1];
  return value
    ?.replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
}
