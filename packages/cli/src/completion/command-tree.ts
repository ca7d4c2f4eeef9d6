import type { Command } from "commander";

export interface TreeOption {
  /** `--profile`, `-p`. */
  readonly names: readonly string[];
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  readonly description: string;
}

/** A command with all that can stand behind it, as data. */
export interface TreeCommand {
  /** `/credential-helper/git`; empty for the program itself. */
  readonly place: string;
  readonly name: string;
  readonly description: string;
  readonly options: readonly TreeOption[];
  readonly commands: readonly TreeCommand[];
  /** What its argument may be. */
  readonly choices: readonly string[];
}

/** The tree of a command; what is hidden is not in it. */
export function commandTree(command: Command, place = ""): TreeCommand {
  const shown = command.createHelp();
  const commands = shown
    .visibleCommands(command)
    .filter((child) => child.name() !== "help")
    .map((child) => commandTree(child, `${place}/${child.name()}`));
  return {
    place,
    name: command.name(),
    description: command.description(),
    options: shown
      .visibleOptions(command)
      .map(({ short, long, required, optional, argChoices, description }) => ({
        names: [long, short].filter((name) => name !== undefined && name !== null),
        takesValue: required || optional,
        choices: argChoices ?? [],
        description,
      })),
    commands,
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
}

/** The command and all below it. */
export function everyCommand(tree: TreeCommand): readonly TreeCommand[] {
  return [tree, ...tree.commands.flatMap(everyCommand)];
}

/** What may be written next: commands, choices and options, each with what it is for. */
export function wordsAfter({
  commands,
  choices,
  options,
}: TreeCommand): readonly (readonly [string, string])[] {
  return [
    ...commands.map(({ name, description }) => [name, description] as const),
    ...choices.map((choice) => [choice, ""] as const),
    ...options.flatMap(({ names, description }) => names.map((name) => [name, description] as const)),
  ];
}
