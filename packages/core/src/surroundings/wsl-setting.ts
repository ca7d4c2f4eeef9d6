/**
 * A setting of `/etc/wsl.conf`, without its quotation marks. Read line by line, so that the time it takes grows with
 * the file only, whatever is in it.
 */
export function wslSetting(file: string | undefined, section: string, name: string): string | undefined {
  let current = "";
  for (const line of (file ?? "").split("\n", MOST_LINES)) {
    const text = line.trim();
    if (text.startsWith("[")) current = text;
    const sign = text.indexOf("=");
    if (current !== `[${section}]` || sign === -1) continue;
    if (text.slice(0, sign).trim().toLowerCase() === name) return unquoted(text.slice(sign + 1).trim());
  }
  return undefined;
}

const MOST_LINES = 1000;

function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
