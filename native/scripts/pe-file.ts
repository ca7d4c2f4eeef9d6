/** What a Windows binary says about itself ("PE Format", Microsoft). */
export interface PeFile {
  readonly architecture: "x64" | "arm64" | "ia32" | "other";
  /** DLLs that have to be there when it is loaded, in lower case. */
  readonly imports: readonly string[];
  /** DLLs that are looked for at the first call, in lower case. */
  readonly delayImports: readonly string[];
  /** Loaded at an address that nobody can guess. */
  readonly relocatable: boolean;
  /** Only what is code can be executed. */
  readonly dataNotExecuted: boolean;
  /** Control Flow Guard. */
  readonly guarded: boolean;
  /** Where the DLLs it imports are looked for, as `LOAD_LIBRARY_SEARCH_...`; 0: wherever the process says. */
  readonly dependentLoadFlags: number;
  /** Where in the file that is written; absent: nowhere. */
  readonly dependentLoadFlagsAt: number | undefined;
}

const machines: Readonly<Record<number, PeFile["architecture"]>> = {
  0x014c: "ia32",
  0x8664: "x64",
  0xaa64: "arm64",
};
// IMAGE_DLLCHARACTERISTICS
const dynamicBaseFlag = 0x0040;
const noExecuteFlag = 0x0100;
const guardFlag = 0x4000;

/** Reads a binary's headers. @throws TypeError when it is not a Windows binary. */
export function readPeFile(bytes: Buffer): PeFile {
  const header = bytes.length > 0x40 ? bytes.readUInt32LE(0x3c) : 0;
  if (bytes.toString("latin1", 0, 2) !== "MZ" || bytes.toString("latin1", header, header + 4) !== "PE\0\0") {
    throw new TypeError("not a Windows binary");
  }
  const optional = header + 24;
  const wide = bytes.readUInt16LE(optional) === 0x020b;
  const directory = (index: number): number => bytes.readUInt32LE(optional + (wide ? 112 : 96) + index * 8);
  const offsetOf = sections(bytes, header);
  const characteristics = bytes.readUInt16LE(optional + 70);
  const dependentLoadFlagsAt = dependentLoadFlagsField(bytes, offsetOf, directory(10), wide);
  return {
    architecture: machines[bytes.readUInt16LE(header + 4)] ?? "other",
    imports: names(bytes, offsetOf, directory(1), 20, 12),
    delayImports: names(bytes, offsetOf, directory(13), 32, 4),
    dependentLoadFlags: dependentLoadFlagsAt === undefined ? 0 : bytes.readUInt16LE(dependentLoadFlagsAt),
    dependentLoadFlagsAt,
    relocatable: (characteristics & dynamicBaseFlag) !== 0,
    dataNotExecuted: (characteristics & noExecuteFlag) !== 0,
    guarded: (characteristics & guardFlag) !== 0,
  };
}

/** Where in the file an address of the loaded image is. */
function sections(bytes: Buffer, header: number): (address: number) => number {
  const count = bytes.readUInt16LE(header + 6);
  const first = header + 24 + bytes.readUInt16LE(header + 20);
  const table = Array.from({ length: count }, (_, index) => {
    const at = first + index * 40;
    return {
      start: bytes.readUInt32LE(at + 12),
      size: bytes.readUInt32LE(at + 16),
      file: bytes.readUInt32LE(at + 20),
    };
  });
  return (address) => {
    const section = table.find(({ start, size }) => address >= start && address < start + size);
    if (section === undefined) throw new TypeError("a table that lies in no section");
    return address - section.start + section.file;
  };
}

// IMAGE_LOAD_CONFIG_DIRECTORY: the first field is its size, since older ones end early.
function dependentLoadFlagsField(
  bytes: Buffer,
  offsetOf: (address: number) => number,
  table: number,
  wide: boolean,
): number | undefined {
  const field = wide ? 0x4e : 0x36;
  const start = table === 0 ? undefined : offsetOf(table);
  return start !== undefined && bytes.readUInt32LE(start) > field ? start + field : undefined;
}

/** The DLL names of an import table: rows of a size, each with the address of a name, up to a row without one. */
function names(
  bytes: Buffer,
  offsetOf: (address: number) => number,
  table: number,
  rowSize: number,
  nameAt: number,
): string[] {
  const found: string[] = [];
  if (table === 0) return found;
  for (let row = offsetOf(table); bytes.readUInt32LE(row + nameAt) !== 0; row += rowSize) {
    const start = offsetOf(bytes.readUInt32LE(row + nameAt));
    found.push(bytes.toString("latin1", start, bytes.indexOf(0, start)).toLowerCase());
  }
  return found;
}
