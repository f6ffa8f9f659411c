text = IO.read(:stdio, :eof) |> String.downcase()

Regex.scan(~r/[a-z]+/, text)
|> List.flatten()
|> Enum.frequencies()
|> Enum.sort_by(fn {word, count} -> {-count, word} end)
|> Enum.take(5)
|> Enum.each(fn {word, count} ->
  IO.puts([count |> Integer.to_string() |> String.pad_leading(3), " ", word])
end)
