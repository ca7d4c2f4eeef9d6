/**
 * A setting of `/etc/wsl.conf`, without its quotation marks. Read line by line, so that the time it takes grows with
 * the file only, whatever is in it.
 */
export function wslSetting(file: string | undefined, section: string, name: string): string | undefined {
  let current = "";
  for (const line of (file ?? "").split("\n", MOST_LINES)) {
    const text = line.trim();
    if (text.startsWith("[")) current = text;
    const [key = "", ...value] = text.split("=");
    if (current !== `[${section}]` || value.length === 0 || key.trim().toLowerCase() !== name) continue;
    return value
      .join("=")
      .trim()
      .replace(/^"(.*)"$/, "$1");
  }
  return undefined;
}

const MOST_LINES = 1000;
