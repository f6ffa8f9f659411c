import type { Language } from "../language";

export const tcl: Language = {
  id: "tcl",
  name: "Tcl",
  version: "8.6",
  // Tcl's shell has no option that tells it.
  versionCommand: ["tclsh", "/usr/lib/quicksand/version.tcl"],
  aliases: ["tclsh"],
  extension: "tcl",
  mainFile: "main.tcl",
  editor: "tcl",
  image: { folder: "tcl" },
  core: false,
  run: ["tclsh", "main.tcl"],
  repl: ["tclsh"],
};
