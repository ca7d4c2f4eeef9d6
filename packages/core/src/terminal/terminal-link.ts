type Environment = Readonly<Record<string, string | undefined>>;

// Terminals that are known to make links of OSC 8. Others may write its letters on the screen.
const PROGRAMS: ReadonlySet<string> = new Set([
  "iTerm.app",
  "WezTerm",
  "vscode",
  "ghostty",
  "rio",
  "Hyper",
  "Tabby",
]);
const TERMS: readonly string[] = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"];
const LEAST_VTE = 5000;

/** Whether a terminal in these surroundings makes a link of the escape sequence OSC 8. */
export function canLink(env: Environment): boolean {
  const { TERM = "", TERM_PROGRAM = "", VTE_VERSION, WT_SESSION, KONSOLE_VERSION, TMUX, STY, CI } = env;
  // What stands between a program and its terminal may drop the sequence, or break it.
  if (TERM === "dumb" || TMUX || STY || CI) return false;
  return (
    PROGRAMS.has(TERM_PROGRAM) ||
    TERMS.some((name) => TERM.startsWith(name)) ||
    Number(VTE_VERSION ?? 0) >= LEAST_VTE ||
    Boolean(WT_SESSION || KONSOLE_VERSION)
  );
}

/** A URL that stays one link where the terminal breaks its line, with the whole of it to read and to copy. */
export function terminalLink(url: string): string {
  return `\u001b]8;;${url}\u001b\\${url}\u001b]8;;\u001b\\`;
}
