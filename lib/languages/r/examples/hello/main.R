greet <- function(name) paste0("Hello, ", name, "!")

input <- file("stdin")
for (name in readLines(input)) {
  cat(greet(name), "\n", sep = "")

  # Functions work on whole vectors: no loop over letters is needed.
  letters <- strsplit(name, "")[[1]]
  cat("Backwards: ", rev(letters), "\n", sep = "")

  counts <- table(tolower(letters))
  cat("Letters:", paste0(names(counts), counts, collapse = " "))
  cat("\n")
}
close(input)
