SIZE = 8

def free?(columns : Array(Int32), column : Int32) : Bool
  columns.each_with_index do |other, row|
    return false if column == other || (column - other).abs == columns.size - row
  end
  true
end

# Goes on in all ways when the queens of the rows above stand in these columns.
def place(columns : Array(Int32), solutions : Array(Array(Int32)))
  if columns.size == SIZE
    solutions << columns
    return
  end
  SIZE.times do |column|
    place(columns + [column], solutions) if free?(columns, column)
  end
end

solutions = [] of Array(Int32)
place([] of Int32, solutions)

solutions.first.each do |queen|
  row = (0...SIZE).map { |column| column == queen ? "Q" : "." }
  puts row.join(" ")
end
puts "#{solutions.size} solutions"
