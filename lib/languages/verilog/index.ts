import { flagsOf } from "../../schemas/language-options";
import type { RunFile } from "../../schemas/run";
import { sourcesOf } from "../c/sources";
import type { Language } from "../language";

const OPTIONS = [
  {
    id: "standard",
    name: "Standard",
    default: "sv2012",
    values: [
      { id: "v1995", label: "Verilog-1995", flags: ["-g1995"] },
      { id: "v2001", label: "Verilog-2001", flags: ["-g2001"] },
      { id: "v2005", label: "Verilog-2005", flags: ["-g2005"] },
      { id: "sv2009", label: "SystemVerilog-2009", flags: ["-g2009"] },
      { id: "sv2012", label: "SystemVerilog-2012", flags: ["-g2012"] },
    ],
  },
];

export const verilog: Language = {
  id: "verilog",
  name: "Verilog",
  version: "Icarus 12.0",
  edition: "SystemVerilog-2012",
  options: OPTIONS,
  versionCommand: ["iverilog", "-V"],
  aliases: ["iverilog", "systemverilog", "sv"],
  extension: "v",
  mainFile: "main.v",
  editor: "verilog",
  image: { folder: "verilog" },
  core: false,
  compile: ({ files, options }) => [
    ...["iverilog", ...flagsOf(OPTIONS, "standard", options)],
    ...["-o", "main.vvp", ...sourcesOf(compiled(files), /\.(?:v|sv)$/)],
  ],
  // Written line by line, so that it is seen while the simulation runs; and `$stop` ends it, as there is nobody to ask.
  run: ["stdbuf", "-oL", "vvp", "-n", "main.vvp"],
};

/** Without the files that another takes into itself: their modules would be declared twice. */
function compiled(files: readonly RunFile[]): readonly RunFile[] {
  const included = new Set(
    files.flatMap(({ content }) =>
      [...content.matchAll(/^[ \t]*`include[ \t]*"([^"\n]+)"/gm)].map(([, name]) => name),
    ),
  );
  return files.filter(({ path }, index) => index === 0 || !included.has(path));
}
