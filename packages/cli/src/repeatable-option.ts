import { Option } from "commander";

/** An option that may be given several times, once for each value. */
export function repeatableOption(flags: string, description: string): Option {
  const values: string[] = [];
  return new Option(flags, description).argParser((value: string) => {
    values.push(value);
    return values;
  });
}
