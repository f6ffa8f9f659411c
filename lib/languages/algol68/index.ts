import type { CommandContext, Language } from "../language";

/** Genie writes messages on standard output; in our image what is loaded beside it sends them to standard error. */
function genie({ ownImage }: CommandContext): readonly string[] {
  return ownImage ? ["env", "LD_PRELOAD=/usr/lib/quicksand/messages.so", "a68g"] : ["a68g"];
}

export const algol68: Language = {
  id: "algol68",
  name: "Algol 68",
  version: "Genie 3.1",
  versionCommand: ["a68g", "--version"],
  aliases: ["algol", "a68", "a68g"],
  extension: "a68",
  mainFile: "main.a68",
  editor: "algol68",
  image: { folder: "algol68" },
  core: false,
  // Only checks it: what Genie warns of is said before the program begins.
  compile: (context) => [...genie(context), "--norun", "main.a68"],
  // With a heap that is larger than any plan's memory, so that the plan is the limit.
  run: (context) => [...genie(context), "--quiet", "--heap", "1G", "main.a68"],
};
