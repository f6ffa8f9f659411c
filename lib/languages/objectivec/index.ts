import { flagsOf } from "../../schemas/language-options";
import { STDIO } from "../c";
import { OPTIMIZATION, WARNINGS } from "../c/options";
import { includeFolders, sourcesOf } from "../c/sources";
import type { Language } from "../language";

const OPTIONS = [OPTIMIZATION, WARNINGS];

/** GCC's own Objective-C with GNUstep's Foundation: as `gnustep-config --objc-flags` says it, without what concerns packages. */
const GNUSTEP = [
  ...["-DGNUSTEP", "-DGNUSTEP_BASE_LIBRARY=1", "-DGNU_RUNTIME=1", "-D_NATIVE_OBJC_EXCEPTIONS"],
  ...["-fobjc-exceptions", "-fexceptions", "-fno-strict-aliasing", "-pthread"],
  ...["-fconstant-string-class=NSConstantString", "-isystem", "/usr/include/GNUstep"],
];

export const objectivec: Language = {
  id: "objectivec",
  name: "Objective-C",
  version: "GCC 14.2",
  options: OPTIONS,
  versionCommand: ["gcc", "--version"],
  aliases: ["objective-c", "objc", "obj-c"],
  extension: "m",
  mainFile: "main.m",
  editor: "objective-c",
  image: { folder: "fortran" },
  // Of GNUstep.
  packages: { names: ["Foundation"], megabytes: 45 },
  core: false,
  compile: ({ ownImage, files, options }) => [
    "gcc",
    ...OPTIONS.flatMap(({ id }) => flagsOf(OPTIONS, id, options)),
    ...["-fdiagnostics-color=never", "-o", "main"],
    ...GNUSTEP,
    ...includeFolders(files),
    // Plain C is Objective-C too; as C it would be warned of the flags above.
    // The default is the C of 1989.
    "-std=gnu17",
    ...["-x", "objective-c", ...sourcesOf(files, /\.[cm]$/), "-x", "none"],
    ...(ownImage ? [STDIO] : []),
    ...["-lgnustep-base", "-lobjc", "-lm"],
  ],
  run: ["./main"],
  flushesOnSignal: true,
};
