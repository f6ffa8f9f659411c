/**
 * The waiting room: whose turn is next. Turns go round the groups, within each round its accounts, and are first in first out within an account,
 * as `memory/rotation.ts` has it. For scripts, after `PRELUDE`.
 *
 * `groups` and `accounts:GROUP` are sorted by their next turns (`order` counts), `line:GROUP ACCOUNT` is a list of runs, `sizes` says how many of each
 * group wait. `place` has what is known of each that waits, `told` the position it was told last. `turn` has who holds turns and for whom
 * they count, `held` how many count for each account and network. `workers` and `alive` are the processes that take jobs and when they were heard of,
 * `capacity` the sum of what they can take on. `handed` are the runs that BullMQ was given, or is about to be, and since when.
 */
export const ROOM = `
local function lineOf(group, account) return P .. 'line:' .. #group .. ':' .. group .. ':' .. account end
local function nextOrder() return call('INCR', P .. 'order') end
local function capacity() return tonumber(call('GET', P .. 'capacity') or 0) end
local function mayStart(holders)
  for index = 1, #holders, 2 do
    if tonumber(call('HGET', P .. 'held', holders[index]) or 0) >= tonumber(holders[index + 1]) then return false end
  end
  return true
end
local function hold(holders)
  for index = 1, #holders, 2 do call('HINCRBY', P .. 'held', holders[index], 1) end
end
local function take(id, holders)
  hold(holders)
  call('HSET', P .. 'turn', id, cmsgpack.pack({ holders = holders }))
end
local function free(id)
  local turn = call('HGET', P .. 'turn', id)
  if not turn then return false end
  call('HDEL', P .. 'turn', id)
  local holders = cmsgpack.unpack(turn).holders
  for index = 1, #holders, 2 do
    if call('HINCRBY', P .. 'held', holders[index], -1) <= 0 then call('HDEL', P .. 'held', holders[index]) end
  end
  return true
end
local function enter(id, group, account, holders)
  if not call('ZSCORE', P .. 'groups', group) then call('ZADD', P .. 'groups', nextOrder(), group) end
  local accounts = P .. 'accounts:' .. group
  if not call('ZSCORE', accounts, account) then call('ZADD', accounts, nextOrder(), account) end
  call('RPUSH', lineOf(group, account), id)
  call('HINCRBY', P .. 'sizes', group, 1)
  call('HSET', P .. 'place', id, cmsgpack.pack({ group = group, account = account, holders = holders }))
end
local function remove(id)
  local packed = call('HGET', P .. 'place', id)
  if not packed then return nil end
  local place = cmsgpack.unpack(packed)
  local group, account = place.group, place.account
  local line = lineOf(group, account)
  call('LREM', line, 1, id)
  if call('LLEN', line) == 0 then call('ZREM', P .. 'accounts:' .. group, account) end
  if call('HINCRBY', P .. 'sizes', group, -1) <= 0 then
    call('HDEL', P .. 'sizes', group)
    call('ZREM', P .. 'groups', group)
  end
  call('HDEL', P .. 'place', id)
  call('HDEL', P .. 'told', id)
  return place
end
local function nextInRoom()
  for _, group in ipairs(call('ZRANGE', P .. 'groups', 0, -1)) do
    for _, account in ipairs(call('ZRANGE', P .. 'accounts:' .. group, 0, -1)) do
      local id = call('LINDEX', lineOf(group, account), 0)
      if mayStart(cmsgpack.unpack(call('HGET', P .. 'place', id)).holders) then return id end
    end
  end
end
local function hand(id, kind, handed)
  call('ZADD', P .. 'handed', now(), id)
  call('HSET', P .. 'run:' .. id, 'state', kind)
  handed[#handed + 1] = kind
  handed[#handed + 1] = id
end
local function grant(handed)
  local left = capacity() - call('HLEN', P .. 'turn')
  local given = false
  while left > 0 and call('HLEN', P .. 'place') > 0 do
    local id = nextInRoom()
    if not id then break end
    local place = remove(id)
    local accounts = P .. 'accounts:' .. place.group
    if call('ZSCORE', accounts, place.account) then call('ZADD', accounts, nextOrder(), place.account) end
    if call('ZSCORE', P .. 'groups', place.group) then call('ZADD', P .. 'groups', nextOrder(), place.group) end
    take(id, place.holders)
    queued(id, 0)
    hand(id, 'turn', handed)
    left = left - 1
    given = true
  end
  return given
end
-- The first of each line, then the second of each, and so on.
local function roundRobin(lines)
  local all, longest = {}, 0
  for _, line in ipairs(lines) do longest = math.max(longest, #line) end
  for round = 1, longest do
    for _, line in ipairs(lines) do
      if line[round] then all[#all + 1] = line[round] end
    end
  end
  return all
end
local function tellAll()
  local groups = {}
  for _, group in ipairs(call('ZRANGE', P .. 'groups', 0, -1)) do
    local lines = {}
    for _, account in ipairs(call('ZRANGE', P .. 'accounts:' .. group, 0, -1)) do
      lines[#lines + 1] = call('LRANGE', lineOf(group, account), 0, -1)
    end
    groups[#groups + 1] = roundRobin(lines)
  end
  for position, id in ipairs(roundRobin(groups)) do
    if position < tonumber(call('HGET', P .. 'told', id) or 1e9) then
      call('HSET', P .. 'told', id, position)
      queued(id, position)
    end
  end
end
-- Each that waits is told of a change, but not of each change: answers after how many ms \`TELL\` is to be asked for.
local function tellSoon()
  local waiting = call('HLEN', P .. 'place')
  if waiting == 0 then return 0 end
  local at = now()
  local wait = tonumber(call('GET', P .. 'tellAt') or 0) - at
  if wait > 0 then
    if call('SET', P .. 'tells', '1', 'NX', 'PX', wait + 1000) then return wait end
    return 0
  end
  call('SET', P .. 'tellAt', at + math.max(100, waiting * 5))
  call('DEL', P .. 'tells')
  tellAll()
  return 0
end
local function cancel(id, handed)
  local run = P .. 'run:' .. id
  local of = call('HMGET', run, 'open', 'ended', 'worker')
  if not of[1] or of[2] then return false end
  call('HSET', run, 'cancelled', '1')
  if remove(id) then
    hand(id, 'end', handed)
    return true
  end
  post(of[3], 'x\\n' .. id)
  return false
end
`;
