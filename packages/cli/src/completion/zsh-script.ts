import { everyCommand, wordsAfter, type TreeCommand } from "./command-tree.ts";

export function zshScript(tree: TreeCommand): string {
  const all = everyCommand(tree);
  const places = all.flatMap(({ place }) => (place === "" ? [] : [place]));
  const values = all.flatMap(({ place, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ names, choices }) => {
        const patterns = names.map((name) => `"${place} ${name}"`).join("|");
        const candidates = choices.map((choice) => quoted(choice)).join(" ");
        const reply =
          choices.length === 0 ? "_files" : `candidates=(${candidates}); _describe value candidates`;
        return `    (${patterns}) ${reply}; return ;;`;
      }),
  );
  const words = all.map((command) => {
    const candidates = wordsAfter(command).map(([word, description]) =>
      quoted(description === "" ? word : `${word}:${description.replaceAll(":", String.raw`\:`)}`),
    );
    return `    ("${command.place}") candidates=(${candidates.join(" ")}) ;;`;
  });
  return `#compdef entrada
# entrada: completion for zsh. Use it with: source <(entrada completion zsh)
_entrada() {
  local place= word
  local -a candidates
  local -i i
  for ((i = 2; i < CURRENT; i++)); do
    word=$words[i]
    if [[ $word == -- ]]; then _normal; return; fi
    case "$place/$word" in
      (${places.join("|")}) place="$place/$word" ;;
    esac
  done
  case "$place $words[CURRENT-1]" in
${values.join("\n")}
  esac
  case "$place" in
${words.join("\n")}
  esac
  _describe entrada candidates
}
if [[ $funcstack[1] == _entrada ]]; then
  _entrada "$@"
elif (( $+functions[compdef] )); then
  compdef _entrada entrada
fi
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
