input <- file("stdin")
text <- tolower(readLines(input))
close(input)

words <- unlist(regmatches(text, gregexpr("[a-z]+", text)))
counts <- table(words)

# By count, the highest first; words of the same count by the alphabet.
best <- head(order(-counts, names(counts)), 5)
cat(sprintf("%3d %s\n", as.vector(counts)[best], names(counts)[best]), sep = "")
