# Every object can be told to do something: words, lists, even numbers.
def greet(name) = "Hello, #{name}!"

while (name = gets&.chomp)
  puts greet(name)
  puts "Backwards: #{name.reverse}"

  letters = name.downcase.chars.tally
  puts "Letters: " + letters.sort.map { |letter, count| "#{letter}#{count}" }.join(" ")
end
