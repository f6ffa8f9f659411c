defmodule Life do
  @height 6
  @width 12

  @doc "The next generation. The world has no edge: it goes on at the other side."
  def step(alive) do
    alive
    |> Enum.flat_map(&neighbours/1)
    |> Enum.frequencies()
    |> Enum.filter(fn {place, count} -> count == 3 or (count == 2 and place in alive) end)
    |> MapSet.new(fn {place, _count} -> place end)
  end

  defp neighbours({y, x}) do
    for dy <- -1..1, dx <- -1..1, {dy, dx} != {0, 0} do
      {Integer.mod(y + dy, @height), Integer.mod(x + dx, @width)}
    end
  end

  def show(alive) do
    for y <- 0..(@height - 1) do
      IO.puts(Enum.map(0..(@width - 1), fn x -> if {y, x} in alive, do: "#", else: "." end))
    end
  end
end

MapSet.new([{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}])
|> Stream.iterate(&Life.step/1)
|> Stream.take(5)
|> Stream.with_index()
|> Enum.each(fn {alive, number} ->
  IO.puts("Step #{number}")
  Life.show(alive)
end)
