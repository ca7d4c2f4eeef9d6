import type { Floor } from "./floors.ts";
import type { Package } from "./read-package.ts";

const DATA = "tools/house/src/floors.ts";

/** What goes up in a package, and which folders have no floor: a sentence each. */
export function floorFaults(
  { folder, files, targets, imports }: Package,
  floors: readonly Floor[] | undefined,
): readonly string[] {
  if (floors === undefined) return [`${folder} has no floors: name them in ${DATA}`];
  const named = new Map(floors.flatMap((floor, level) => floor.map((name) => [name, level] as const)));
  const doors = new Set(targets.map(({ file }) => file));
  const levelOf = (file: string): number | undefined => {
    const level = named.get(roomOf(file));
    if (level !== undefined || file.includes("/")) return level;
    return doors.has(file) ? floors.length : BELOW_ALL;
  };
  const placeOf = (file: string): string => {
    if (named.has(roomOf(file))) return roomOf(file);
    return doors.has(file) ? "an entry point" : "a file for every room";
  };
  const rooms = new Set(files.map(roomOf));
  return [
    ...[...rooms]
      .filter((room) => !named.has(room) && !files.includes(room))
      .map((room) => `${folder}/src/${room} has no floor: name it in ${DATA}`),
    ...[...named.keys()]
      .filter((name) => !rooms.has(name))
      .map((name) => `${DATA} gives ${folder} the room ${name}, which is not there`),
    ...floors
      .flat()
      .filter((name, index, all) => all.indexOf(name) !== index)
      .map((name) => `${DATA} gives ${folder} the room ${name} twice`),
    ...[...imports].flatMap(([file, imported]) =>
      imported
        .filter((other) => (levelOf(other) ?? BELOW_ALL) > (levelOf(file) ?? Infinity))
        .map(
          (other) =>
            `${folder}/src/${file} imports ${folder}/src/${other}: ` +
            `an import goes down a floor or stays, and ${placeOf(file)} lies below ${placeOf(other)}`,
        ),
    ),
  ];
}

const BELOW_ALL = -1;

// The folder that a file is in, directly below `src`; a file at the top stands for itself.
function roomOf(file: string): string {
  return file.split("/")[0] ?? file;
}
