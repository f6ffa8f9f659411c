defmodule Queens do
  @size 8

  @doc "All ways to go on when the queens of the rows above stand in these columns, those of the nearest row first."
  def place(columns) when length(columns) == @size, do: [Enum.reverse(columns)]

  def place(columns) do
    for column <- 0..(@size - 1),
        free?(column, columns),
        solution <- place([column | columns]),
        do: solution
  end

  defp free?(column, columns) do
    columns
    |> Enum.with_index(1)
    |> Enum.all?(fn {other, apart} -> column != other and abs(column - other) != apart end)
  end

  def show(columns) do
    for column <- columns do
      IO.puts(Enum.map_join(0..(@size - 1), " ", fn x -> if x == column, do: "Q", else: "." end))
    end
  end
end

solutions = Queens.place([])
Queens.show(hd(solutions))
IO.puts("#{length(solutions)} solutions")
