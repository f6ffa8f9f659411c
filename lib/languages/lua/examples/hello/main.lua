local function greet(name)
  return "Hello, " .. name .. "!"
end

for name in io.lines() do
  print(greet(name))
  print("Backwards: " .. name:reverse())

  -- A table is Lua's one structure: here a map, below a list.
  local counts = {}
  for letter in name:lower():gmatch("%a") do
    counts[letter] = (counts[letter] or 0) + 1
  end

  local letters = {}
  for letter, count in pairs(counts) do
    table.insert(letters, letter .. count)
  end
  table.sort(letters)
  print("Letters: " .. table.concat(letters, " "))
end
