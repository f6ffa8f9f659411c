import type { Language } from "../language";

/**
 * Run through `source`, which tells R of the program's lines, so that its messages name them; `Rscript main.R` would not. Values at
 * the top are printed all the same.
 */
const SETTINGS = "options(keep.source = TRUE, show.error.locations = TRUE, warn = 1)";
const PROGRAM = 'source("main.R", print.eval = TRUE)';

export const r: Language = {
  id: "r",
  name: "R",
  version: "4.5",
  versionCommand: ["R", "--version"],
  aliases: ["rscript"],
  extension: "R",
  mainFile: "main.R",
  editor: "r",
  image: { folder: "r" },
  packages: {
    names: ["dplyr", "tidyr", "purrr", "stringr", "ggplot2", "data.table", "jsonlite"],
    megabytes: 53,
  },
  core: false,
  run: ["Rscript", "--vanilla", "-e", SETTINGS, "-e", PROGRAM],
  repl: ["R", "--vanilla", "--quiet"],
  // Packages for parallel work would count the host's processors.
  env: { MC_CORES: "1", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
};
