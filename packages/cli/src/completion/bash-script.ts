import { everyCommand, wordsAfter, type TreeCommand } from "./command-tree.ts";

/** For bash 3.2 and newer, which macOS has. */
export function bashScript(tree: TreeCommand): string {
  const all = everyCommand(tree);
  const places = all.flatMap(({ place }) => (place === "" ? [] : [place]));
  const values = all.flatMap(({ place, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ names, choices }) => {
        const patterns = names.map((name) => `"${place} ${name}"`).join("|");
        return `    ${patterns}) ${replyWith(choices)}; return ;;`;
      }),
  );
  const words = all.map(
    (command) => `    "${command.place}") ${replyWith(wordsAfter(command).map(([word]) => word))} ;;`,
  );
  return `# entrada: completion for bash. Use it with: source <(entrada completion bash)
_entrada() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} place= word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    COMPREPLY=()
    [[ $word == -- ]] && return
    case "$place/$word" in
      ${places.join("|")}) place="$place/$word" ;;
    esac
  done
  case "$place $prev" in
${values.join("\n")}
  esac
  case "$place" in
${words.join("\n")}
  esac
}
complete -o default -F _entrada entrada
`;
}

function replyWith(words: readonly string[]): string {
  return words.length === 0 ? "COMPREPLY=()" : `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$cur"))`;
}
