import { everyCommand, wordsAfter, type TreeCommand } from "./command-tree.ts";

/** For Windows PowerShell 5.1 and newer. */
export function powershellScript(tree: TreeCommand): string {
  const all = everyCommand(tree);
  const words = all.map((command) => {
    const pairs = wordsAfter(command).map(
      ([word, description]) => `@(${quoted(word)}, ${quoted(description === "" ? word : description)})`,
    );
    return `    ${quoted(command.place)} = @(${["", ...pairs].join(",\n      ").replace(/^,/, "")}\n    )`;
  });
  const values = all.flatMap(({ place, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .flatMap(({ names, choices }) =>
        names.map((name) => `    ${quoted(`${place} ${name}`)} = @(${choices.map(quoted).join(", ")})`),
      ),
  );
  return `# entrada: completion for PowerShell. Use it with: entrada completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName entrada -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${words.join("\n")}
  }
  $values = @{
${values.join("\n")}
  }
  $place = ''
  $previous = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $previous = $element.ToString()
    if ($words.ContainsKey("$place/$previous")) { $place = "$place/$previous" }
  }
  if ($values.ContainsKey("$place $previous")) {
    $candidates = $values["$place $previous"] | ForEach-Object { , @($_, $_) }
  } else {
    $candidates = $words[$place]
  }
  $candidates | Where-Object { $_[0] -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
  }
}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
