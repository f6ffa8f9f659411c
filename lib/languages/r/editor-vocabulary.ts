import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "if else for while repeat function in next break return TRUE FALSE NULL NA NA_integer_ NA_real_ NA_character_ Inf NaN invisible stop warning tryCatch finally library require switch".split(
      " ",
    ),
  library:
    "abs aggregate all any apply array as.character as.integer as.numeric as.Date barplot c cat cbind ceiling chol colMeans colnames colSums complete.cases cor crossprod cumsum cumprod cut data.frame det diag diff difftime dim do.call duplicated eigen environment exp expand.grid factor file Filter floor format formatC gsub head identical ifelse integer interaction intersect is.na is.null lapply length letters LETTERS levels list lm log log10 lower.tri ls Map mapply matrix max mean median merge message min months names nchar ncol nrow numeric optim optimize order outer paste paste0 plot png pmax pmin predict print prod quantile range rank rbind read.csv readLines readline Recall Reduce regmatches gregexpr rep replace rev rnorm round rownames rowSums runif sample sapply scan sd seq seq_along seq_len set.seed setdiff setNames solve sort split sprintf sqrt startsWith str strsplit strtoi sub subset substr sum summary svd Sys.time Sys.getenv t table tabulate tail tapply tolower toupper trimws trunc union unique unlist unsplit upper.tri utf8ToInt intToUtf8 Vectorize vapply var vector which which.max which.min with within write.csv xor pi stdin stdout stderr stringsAsFactors na.rm".split(
      " ",
    ),
  snippets: [
    { label: "fn", detail: "a function", body: "${1:name} <- function(${2:x}) {\n\t$0\n}" },
    { label: "forin", detail: "go through a vector", body: "for (${1:item} in ${2:items}) {\n\t$0\n}" },
    {
      label: "lines",
      detail: "read the input",
      body: 'input <- file("stdin")\nlines <- readLines(input)\nclose(input)\n$0',
    },
    {
      label: "frame",
      detail: "a table",
      body: 'data.frame(\n\t${1:name} = c(${2:"a", "b"}),\n\t${3:value} = c(${4:1, 2})\n)$0',
    },
    { label: "sapply", detail: "do something with each", body: "sapply(${1:items}, function(${2:item}) $0)" },
    {
      label: "try",
      detail: "handle an error",
      body: "tryCatch({\n\t$0\n}, error = function(problem) {\n\tmessage(conditionMessage(problem))\n})",
    },
  ],
};
