import type { TokenOptions } from "../print-token.ts";
import { TOKEN_OUTPUTS } from "../token-output.ts";

type Value = "profile" | "tenant" | "clientId" | "authorityHost" | "resource" | "claimsChallenge" | "output";

const VALUES: Readonly<Record<string, Value | "scope">> = {
  "-p": "profile",
  "--profile": "profile",
  "-t": "tenant",
  "--tenant": "tenant",
  "--client-id": "clientId",
  "--authority-host": "authorityHost",
  "-s": "scope",
  "--scope": "scope",
  "-r": "resource",
  "--resource": "resource",
  "--claims-challenge": "claimsChallenge",
  "-o": "output",
  "--output": "output",
};
const AZ = ["az", "account", "get-access-token"];

/**
 * What `entrada token` is asked for, and the `az` shim, where that is written plainly: programs call these in every
 * request, and a parser that knows the whole command line takes longer to load than all the rest. Undefined for
 * whatever is not plain: the parser then reads it, or says what is wrong with it.
 */
export function quickToken(args: readonly string[]): TokenOptions | undefined {
  const isAz = AZ.every((word, index) => args[index] === word);
  if (!isAz && args[0] !== "token") return undefined;
  const read = plainOptions(args.slice(isAz ? AZ.length : 1));
  if (read === undefined) return undefined;
  const { json, ...options } = read;
  // What else the Azure CLI can print the parser knows.
  const isAzJson = json !== true && (read.output ?? "json") === "json";
  if (isAz) return isAzJson ? { ...options, output: "az" } : undefined;
  return { ...options, output: json === true ? "json" : (read.output ?? "token") };
}

type Read = { -readonly [Key in keyof TokenOptions]?: TokenOptions[Key] };

function plainOptions(args: readonly string[]): Read | undefined {
  const read: Read = {};
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? "";
    if (word === "--json") read.json = true;
    else if (word === "--unencrypted-cache") read.unencryptedCache = true;
    else {
      const name = Object.hasOwn(VALUES, word) ? VALUES[word] : undefined;
      const value = args[(at += 1)];
      // Written twice, or with a value that may be an option, or no option at all.
      if (name === undefined || value === undefined || value.startsWith("-") || name in read)
        return undefined;
      if (name === "scope") read.scope = [value];
      else if (name !== "output") read[name] = value;
      else {
        const output = TOKEN_OUTPUTS.find((each) => each === value);
        if (output === undefined) return undefined;
        read.output = output;
      }
    }
  }
  return read;
}
