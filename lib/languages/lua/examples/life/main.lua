local HEIGHT, WIDTH, STEPS = 6, 12, 4

local World = {}
World.__index = World

function World.new(alive)
  return setmetatable({ alive = alive }, World)
end

-- The world has no edge: it goes on at the other side.
function World:at(y, x)
  return self.alive[y % HEIGHT * WIDTH + x % WIDTH]
end

function World:neighbours(y, x)
  local count = 0
  for dy = -1, 1 do
    for dx = -1, 1 do
      if (dy ~= 0 or dx ~= 0) and self:at(y + dy, x + dx) then count = count + 1 end
    end
  end
  return count
end

function World:next()
  local alive = {}
  for y = 0, HEIGHT - 1 do
    for x = 0, WIDTH - 1 do
      local n = self:neighbours(y, x)
      alive[y * WIDTH + x] = n == 3 or n == 2 and self:at(y, x)
    end
  end
  return World.new(alive)
end

function World:__tostring()
  local lines = {}
  for y = 0, HEIGHT - 1 do
    local line = {}
    for x = 0, WIDTH - 1 do
      line[x + 1] = self:at(y, x) and "#" or "."
    end
    lines[y + 1] = table.concat(line)
  end
  return table.concat(lines, "\n")
end

local world = World.new({ [1] = true, [14] = true, [24] = true, [25] = true, [26] = true })
for number = 0, STEPS do
  print("Step " .. number)
  print(world)
  world = world:next()
end
