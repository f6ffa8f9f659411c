local counts, words = {}, {}
for word in io.read("a"):lower():gmatch("%l+") do
  if not counts[word] then
    counts[word] = 0
    table.insert(words, word)
  end
  counts[word] = counts[word] + 1
end

table.sort(words, function(a, b)
  if counts[a] ~= counts[b] then return counts[a] > counts[b] end
  return a < b
end)

for i = 1, math.min(5, #words) do
  print(string.format("%3d %s", counts[words[i]], words[i]))
end
