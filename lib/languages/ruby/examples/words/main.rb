counts = $stdin.read.downcase.scan(/[a-z]+/).tally
counts
  .sort_by { |word, count| [-count, word] }
  .first(5)
  .each { |word, count| printf("%3d %s\n", count, word) }
