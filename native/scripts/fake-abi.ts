/**
 * Makes the C++ header of the fake Web Account Manager from its own table of the binary interface.
 *
 * @throws SyntaxError for a line that is neither an interface nor its next slot.
 */
export function fakeAbiHeader(table: string): string {
  const interfaces = parse(table);
  const forward = interfaces.map(({ name }) => `struct ${name};`);
  return `// Generated from test/fake-wam/abi.txt.
#pragma once

#include <inspectable.h>
#include <windows.h>

namespace fake {

${forward.join("\n")}

${interfaces.map(declaration).join("\n")}
}  // namespace fake
`;
}

interface Interface {
  readonly name: string;
  readonly id: string;
  readonly parent: "inspectable" | "unknown";
  readonly methods: string[];
}

/** How many slots the parent's own methods take: three of IUnknown, six of IInspectable. */
const firstSlot = { unknown: 3, inspectable: 6 } as const;

function parse(table: string): readonly Interface[] {
  const interfaces: Interface[] = [];
  for (const line of table.split(/\r?\n/)) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const header = /^(\w+) ([0-9a-f-]{36}) (inspectable|unknown)$/.exec(line);
    const method = /^ {2}(\d+) (\w+\(.*\))$/.exec(line);
    const last = interfaces.at(-1);
    if (header !== null) {
      const [, name = "", id = "", parent] = header;
      interfaces.push({ name, id, parent: parent as Interface["parent"], methods: [] });
    } else if (method !== null && last !== undefined && Number(method[1]) === nextSlot(last)) {
      last.methods.push(method[2] ?? "");
    } else {
      throw new SyntaxError(`not an interface and not its next slot: "${line}"`);
    }
  }
  return interfaces;
}

function nextSlot({ parent, methods }: Interface): number {
  return firstSlot[parent] + methods.length;
}

function declaration({ name, id, parent, methods }: Interface): string {
  const [first = "", second = "", third = "", ...tail] = id.split("-");
  const bytes = tail.join("").match(/../g) ?? [];
  const guid = `{0x${first}, 0x${second}, 0x${third}, {${bytes.map((byte) => `0x${byte}`).join(", ")}}}`;
  return [
    `struct ${name} : ${parent === "unknown" ? "IUnknown" : "IInspectable"} {`,
    `  static constexpr GUID id = ${guid};`,
    ...methods.map((method) => `  virtual HRESULT STDMETHODCALLTYPE ${method} = 0;`),
    "};",
    "",
  ].join("\n");
}
