import type { LanguageOption } from "../../schemas/language";
import { flagsOf } from "../../schemas/language-options";
import { sourcesOf } from "../c/sources";
import type { Language } from "../language";
import { archive, jvmOptions } from "./jvm";
import { classPath, LIBRARIES } from "./libraries";
import { fileOf, mainClassOf } from "./names";

const STANDARD: LanguageOption = {
  id: "standard",
  name: "Language level",
  default: "java21",
  values: ["11", "17", "21"].map((release) => ({
    id: `java${release}`,
    label: `Java ${release}`,
    // The compiler's own level needs no word, and is quicker without one.
    flags: release === "21" ? [] : ["--release", release],
  })),
};

const WARNINGS: LanguageOption = {
  id: "warnings",
  name: "Warnings",
  default: "usual",
  values: [
    { id: "off", label: "Off", flags: ["-nowarn", "-Xlint:none"] },
    { id: "usual", label: "Usual", flags: [] },
    { id: "all", label: "All", flags: ["-Xlint:all"] },
  ],
};

const OPTIONS = [STANDARD, WARNINGS];

/**
 * Keeps the class path and the class to start, which `run` is not told, for `java` to read as a file of arguments. The text is always the same:
 * what a program says is in the words behind it.
 */
const KEEP_CLASS = 'echo "$0" >.main && exec "$@"';

/** jshell's settings would be put in a folder whose making Java reports. */
const WITH_SETTINGS = 'mkdir -p "$HOME/.java/.userPrefs" && exec "$0" "$@"';

export const java: Language = {
  id: "java",
  name: "Java",
  version: "OpenJDK 21",
  edition: "Java 21",
  options: OPTIONS,
  versionCommand: ["java", "--version"],
  aliases: ["jdk", "openjdk"],
  extension: "java",
  mainFile: fileOf,
  editor: "java",
  image: { folder: "java" },
  packages: { names: LIBRARIES, megabytes: 8 },
  core: false,
  compile: (context) => [
    ...["sh", "-c", KEEP_CLASS, `-cp ${classPath(context)} ${mainClassOf(context.files[0]?.content ?? "")}`],
    "javac",
    ...[...jvmOptions(context), ...archive(context, "javac")].map((option) => `-J${option}`),
    ...OPTIONS.flatMap(({ id }) => flagsOf(OPTIONS, id, context.options)),
    ...["-proc:none", "-cp", classPath(context), "-d", "."],
    ...sourcesOf(context.files, /\.java$/),
  ],
  run: (context) => ["java", ...jvmOptions(context), ...archive(context, "run"), "@.main"],
  repl: (context) => [
    ...["sh", "-c", WITH_SETTINGS, "jshell", "--execution", "local"],
    ...jvmOptions(context).map((option) => `-J${option}`),
  ],
  format: ({ tabWidth }) => [
    ...["astyle", "--options=none", "--project=none", "--mode=java", "--style=java"],
    ...[`--indent=spaces=${tabWidth}`, "--pad-oper", "--pad-comma", "--pad-header", "--unpad-paren"],
    "--convert-tabs",
  ],
};
