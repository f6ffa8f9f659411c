local SIZE = 8
local columns = {}

local function is_free(row, column)
  for above = 1, row - 1 do
    local apart = math.abs(columns[above] - column)
    if apart == 0 or apart == row - above then return false end
  end
  return true
end

-- Yields each time that all queens have a place; those of the rows above stand in `columns`.
local function place(row)
  if row > SIZE then
    coroutine.yield(columns)
    return
  end
  for column = 1, SIZE do
    if is_free(row, column) then
      columns[row] = column
      place(row + 1)
    end
  end
end

local count = 0
for solution in coroutine.wrap(function() place(1) end) do
  count = count + 1
  if count == 1 then
    for row = 1, SIZE do
      local line = {}
      for column = 1, SIZE do
        line[column] = column == solution[row] and "Q" or "."
      end
      print(table.concat(line, " "))
    end
  end
end
print(count .. " solutions")
