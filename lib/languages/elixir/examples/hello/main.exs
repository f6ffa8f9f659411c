greet = fn name -> "Hello, #{name}!" end

IO.stream(:stdio, :line)
|> Stream.map(&String.trim/1)
|> Stream.map(greet)
|> Enum.each(&IO.puts/1)
