def greet(name : String) : String
  "Hello, #{name}!"
end

STDIN.each_line do |line|
  puts greet(line)
end
