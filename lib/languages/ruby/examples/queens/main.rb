SIZE = 8

# Gives each way to go on when the queens of the rows above stand in these columns.
def place(columns = [], &found)
  row = columns.length
  return found.call(columns) if row == SIZE

  SIZE.times do |column|
    free = columns.each_with_index.all? do |other, above|
      column != other && (column - other).abs != row - above
    end
    place([*columns, column], &found) if free
  end
end

solutions = enum_for(:place).to_a
solutions.first.each do |column|
  puts (0...SIZE).map { |at| at == column ? "Q" : "." }.join(" ")
end
puts "#{solutions.length} solutions"
