# The world as a matrix of TRUE and FALSE.
world <- matrix(FALSE, nrow = 6, ncol = 12)
world[cbind(c(1, 2, 3, 3, 3), c(2, 3, 1, 2, 3))] <- TRUE

# The matrix moved by some rows and columns. It has no edge: it goes on at the other side.
moved <- function(m, dy, dx) {
  m[(seq_len(nrow(m)) - 1 + dy) %% nrow(m) + 1, (seq_len(ncol(m)) - 1 + dx) %% ncol(m) + 1]
}

# The next generation: all places at once, by adding eight moved worlds.
step <- function(m) {
  around <- subset(expand.grid(dy = -1:1, dx = -1:1), dy != 0 | dx != 0)
  neighbours <- Reduce(`+`, Map(function(dy, dx) moved(m, dy, dx), around$dy, around$dx))
  neighbours == 3 | (neighbours == 2 & m)
}

for (number in 0:4) {
  cat(sprintf("Step %d\n", number))
  writeLines(apply(ifelse(world, "#", "."), 1, paste, collapse = ""))
  world <- step(world)
}
