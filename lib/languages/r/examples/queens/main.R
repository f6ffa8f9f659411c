size <- 8

# A list of all ways to go on when the queens of the rows above stand in these columns.
place <- function(columns = integer()) {
  row <- length(columns) + 1
  if (row > size) return(list(columns))

  distance <- row - seq_along(columns)
  is_free <- function(column) all(columns != column & abs(columns - column) != distance)
  free <- Filter(is_free, seq_len(size))
  do.call(c, lapply(free, function(column) place(c(columns, column))))
}

solutions <- place()
for (column in solutions[[1]]) {
  cat(ifelse(seq_len(size) == column, "Q", "."))
  cat("\n")
}
cat(length(solutions), "solutions\n")
