import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `suppressPackageStartupMessages({
  library(dplyr)
  library(tidyr)
  library(purrr)
  library(stringr)
  library(ggplot2)
  library(data.table)
  library(jsonlite)
})

table <- tibble(name = c("a", "b", "a"), n = 1:3)
cat(table |> group_by(name) |> summarise(sum = sum(n)) |> pull(sum), map_dbl(1:2, sqrt) |> round(2), str_to_upper("r"), "\\n")
cat(nrow(drop_na(tibble(x = c(1, NA)))), data.table(x = 1:3)[, sum(x)], toJSON(1:2), class(ggplot(table, aes(name, n)))[2], "\\n")
`,
      prints: "4 2 1 1.41 R \n1 6 [1,2] ggplot \n",
    },
    "a file beside it": {
      code: 'source("half.R")\n\ncat(half(6), "\\n")\n',
      files: [{ path: "half.R", content: "half <- function(n) n / 2\n" }],
      prints: "3 \n",
    },
    "values at the top are printed, assignments are not": {
      code: "x <- c(2, 3, 5)\nx * 2\nsummary(x)[[4]]\ninvisible(7)\n",
      prints: "[1]  4  6 10\n[1] 3.333333\n",
    },
    "characters are not bytes": {
      code: 'word <- "Grüße, 世界"\ncat(nchar(word), nchar(word, "bytes"), substr(word, 8, 9), "\\n")\n',
      prints: "9 15 世界 \n",
    },
  },
  failures: {
    "an error": {
      code: 'half <- function(n) {\n  if (n == 0) stop("none")\n  n / 2\n}\n\ncat("fine\\n")\nhalf(0)\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "none" },
    },
    "a syntax error": {
      code: 'cat("fine\\n")\nx <- )\n',
      status: "error",
      marked: { line: 2, column: 6, severity: "error", message: "unexpected ')'" },
    },
  },
  halfLines: {
    cat: 'cat("loading")\nrepeat {}\n',
    "cat, then sleep": 'cat("loading")\nSys.sleep(600)\n',
  },
  memoryHog: "kept <- list()\nrepeat kept[[length(kept) + 1]] <- rep(1, 131072)\n",
  manyLines: 'writeLines(rep("0123456789abcde", 65536))\n',
};
