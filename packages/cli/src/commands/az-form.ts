import { UsageError } from "../usage-error.ts";

/** How the Azure CLI is asked to print. */
export interface AzFormOptions {
  readonly output?: string;
  readonly query?: string;
}

const OUTPUTS = ["json", "jsonc", "tsv", "none"] as const;
const FIELDS = ["accessToken", "expiresOn", "expires_on", "tenant", "tokenType"] as const;

type Fields = Readonly<Record<string, string | number | undefined>>;

/**
 * What becomes of the JSON of a token: all of it, or the one field that `--query` names, as `--output` says. Scripts take
 * the token so, and must not get something else in its place.
 * @throws UsageError for what only the Azure CLI can do
 */
export function azForm({ output = "json", query }: AzFormOptions): (json: string) => string {
  if (!(OUTPUTS as readonly string[]).includes(output))
    throw new UsageError(`--output takes ${OUTPUTS.join(", ")} here, not ${shown(output)}.`);
  if (query !== undefined && !(FIELDS as readonly string[]).includes(query))
    throw new UsageError(
      `--query takes the name of one field here, ${FIELDS.join(", ")}, not ${shown(query)}.`,
    );
  return (json) => {
    if (output === "none") return "";
    const fields = JSON.parse(json) as Fields;
    const values = query === undefined ? Object.values(fields) : [fields[query]];
    if (output === "tsv") return `${values.map((value) => value ?? "").join("\t")}\n`;
    return query === undefined ? json : `${JSON.stringify(fields[query] ?? null)}\n`;
  };
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
