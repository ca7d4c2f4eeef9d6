import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const REPOSITORY = "https://github.com/entrada-auth/entrada";
const FORMS = readdirSync(new URL(".github/ISSUE_TEMPLATE", root)).filter((name) => name !== "config.yml");

test("the licence is the one that the packages name", () => {
  expect(read("LICENSE")).toMatch(/^MIT License\n\nCopyright \(c\) \d{4} \S/);
});

test("a vulnerability and a breach of the code of conduct are reported in private", () => {
  for (const page of ["SECURITY.md", "CODE_OF_CONDUCT.md", ".github/ISSUE_TEMPLATE/config.yml"]) {
    expect(read(page), page).toContain(`${REPOSITORY}/security/advisories/new`);
  }
});

test("who contributes is led to the licence, the code of conduct and the changesets", () => {
  const page = read("CONTRIBUTING.md");
  for (const target of ["LICENSE", "CODE_OF_CONDUCT.md", ".changeset/README.md"]) {
    expect(page).toContain(`](${target})`);
  }
});

describe.each(FORMS)("the issue form %s", (name) => {
  const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as Form;

  // GitHub shows no form at all where one of these is wrong.
  test("is one that GitHub shows", () => {
    expect(form.name).toMatch(/^.{4,}$/);
    expect(form.description).toMatch(/^.{4,}$/);
    const inputs = form.body.filter(({ type }) => type !== "markdown");
    expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
    for (const { type, id, attributes } of inputs) {
      expect(["input", "textarea", "dropdown", "checkboxes"]).toContain(type);
      expect(id).toMatch(/^[\w-]+$/);
      expect(attributes.label).toMatch(/\S/);
      if (type === "dropdown") expect(attributes.options?.length).toBeGreaterThan(1);
    }
  });

  test("asks for something", () => {
    expect(form.body.some(({ validations }) => validations?.required)).toBe(true);
  });
});

test("nobody opens an issue without having seen the most common errors", () => {
  const config = parse(read(".github/ISSUE_TEMPLATE/config.yml")) as Chooser;
  expect(config.blank_issues_enabled).toBe(false);
  const pages = config.contact_links.map(({ url }) => url);
  expect(pages).toContain(`${REPOSITORY}/blob/main/docs/troubleshooting.md`);
  for (const page of pages.filter((url) => url.includes("/blob/main/"))) {
    expect(existsSync(new URL(page.slice(`${REPOSITORY}/blob/main/`.length), root)), page).toBe(true);
  }
});

test("a pull request says that its tests pass, and has a changeset and a report of what became public", () => {
  const template = read(".github/PULL_REQUEST_TEMPLATE.md");
  for (const command of ["npm test", "npx changeset", "npm run api"]) expect(template).toContain(command);
});

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly Field[];
}
interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: { readonly label?: string; readonly options?: readonly string[] };
  readonly validations?: { readonly required?: boolean };
}
interface Chooser {
  readonly blank_issues_enabled: boolean;
  readonly contact_links: readonly { readonly url: string }[];
}
