counts = STDIN.gets_to_end.downcase.scan(/[a-z]+/).map(&.[0]).tally

words = counts.to_a.sort_by { |(word, count)| {-count, word} }
words.first(5).each do |(word, count)|
  puts "#{count.to_s.rjust(3)} #{word}"
end
