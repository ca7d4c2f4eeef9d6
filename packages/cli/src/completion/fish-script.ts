import { everyCommand, type TreeCommand, type TreeOption } from "./command-tree.ts";

export function fishScript(tree: TreeCommand): string {
  const all = everyCommand(tree);
  const places = all.flatMap(({ place }) => (place === "" ? [] : [place]));
  const lines = all.flatMap((command) => {
    const at = `complete -c entrada -n ${quoted(`__entrada_at ${quotedInside(command.place)}`)}`;
    return [
      ...command.commands.map(({ name, description }) => `${at} -f -a ${name} -d ${quoted(description)}`),
      ...command.choices.map((choice) => `${at} -f -a ${choice}`),
      ...command.options.map((option) => `${at} ${flagsOf(option)} -d ${quoted(option.description)}`),
    ];
  });
  return `# entrada: completion for fish. Use it with: entrada completion fish | source
function __entrada_place
  set -l place ''
  for word in (commandline -opc)[2..-1]
    if contains -- "$place/$word" ${places.join(" ")}
      set place "$place/$word"
    end
  end
  echo "$place"
end
function __entrada_at
  set -l place (__entrada_place)
  test "$place" = "$argv[1]"
end
complete -c entrada -e
${lines.join("\n")}
`;
}

function flagsOf({ names, takesValue, choices }: TreeOption): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const values = choices.length > 0 ? ["-x", "-a", quoted(choices.join(" "))] : takesValue ? ["-r"] : ["-f"];
  return [...flags, ...values].join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}'`;
}

function quotedInside(place: string): string {
  return place === "" ? '""' : place;
}
