import type { Language } from "../language";

export const perl: Language = {
  id: "perl",
  name: "Perl",
  version: "5.40",
  versionCommand: ["perl", "--version"],
  aliases: ["pl", "perl5"],
  extension: "pl",
  mainFile: "main.pl",
  editor: "perl",
  image: { folder: "perl" },
  packages: { names: ["Moo", "JSON", "List::MoreUtils"], megabytes: 1 },
  core: false,
  // Perl holds output to a pipe back until there are 8 KB; a module of our image has it written at once.
  run: ({ ownImage }) => ["perl", ...(ownImage ? ["-MQuicksand"] : []), "main.pl"],
  format: ({ tabWidth }) => [
    ...["perltidy", "--noprofile", "--standard-output", "--standard-error-output"],
    `--indent-columns=${tabWidth}`,
  ],
};
