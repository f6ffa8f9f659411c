import type { LanguageOption } from "../../schemas/language";
import { flagsOf } from "../../schemas/language-options";
import type { Language } from "../language";

const STANDARD: LanguageOption = {
  id: "standard",
  name: "Edition",
  default: "rust2021",
  values: ["2018", "2021", "2024"].map((year) => ({
    id: `rust${year}`,
    label: `Rust ${year}`,
    flags: ["--edition", year],
  })),
};

/** The first two find overflows, as Cargo's development profile does; the others are as fast as they can be. */
const OPTIMIZATION: LanguageOption = {
  id: "optimization",
  name: "Optimisation",
  default: "o1",
  values: ["0", "1", "2", "3"].map((level) => ({
    id: `o${level}`,
    label: `opt-level ${level}`,
    flags: ["-C", `opt-level=${level}`, "-C", `debug-assertions=${level < "2" ? "on" : "off"}`],
  })),
};

const WARNINGS: LanguageOption = {
  id: "warnings",
  name: "Warnings",
  default: "usual",
  values: [
    { id: "off", label: "Off", flags: ["-A", "warnings"] },
    { id: "usual", label: "Usual", flags: [] },
  ],
};

const OPTIONS = [STANDARD, OPTIMIZATION, WARNINGS];

export const rust: Language = {
  id: "rust",
  name: "Rust",
  version: "1.85",
  edition: "Rust 2021",
  options: OPTIONS,
  versionCommand: ["rustc", "--version"],
  aliases: ["rs", "rustc"],
  extension: "rs",
  mainFile: "main.rs",
  editor: "rust",
  image: { folder: "rust" },
  core: false,
  // One unit and no tables for a debugger halve the time; panics name their lines all the same. Modules are found by the main file's `mod`.
  compile: ({ options }) => [
    "rustc",
    ...OPTIONS.flatMap(({ id }) => flagsOf(OPTIONS, id, options)),
    ...["-C", "debuginfo=0", "-C", "codegen-units=1", "-C", "strip=symbols"],
    ...["--color", "never", "-o", "main", "main.rs"],
  ],
  run: ["./main"],
  format: ({ tabWidth }) => ["rustfmt", "--edition", "2021", "--config", `tab_spaces=${tabWidth}`],
};
