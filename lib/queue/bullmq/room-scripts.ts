import { ROOM } from "./room";
import { PRELUDE, script } from "./script";

/** Scripts answer `{ ms after which TELL is wanted, kind, run, kind, run … }`: what BullMQ is to be given now, as `turn` or as `end` (without one). */

/**
 * Adds a job. ARGV: prefix, run, job, group, account, how many may wait, then keys and the most turns that each may hold. Answers first
 * `ok`, `full` (with how many wait and the capacity) or `gone` where the run was not opened.
 */
export const ADD = script(
  "add",
  PRELUDE,
  ROOM,
  `
local id, group, account, limit = ARGV[2], ARGV[4], ARGV[5], tonumber(ARGV[6])
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'open', 'cancelled')
if not of[1] then return { 'gone' } end
local holders = {}
for index = 7, #ARGV do holders[#holders + 1] = ARGV[index] end
local handed = { 'ok', 0 }
if of[2] then
  call('HSET', run, 'job', ARGV[3])
  hand(id, 'end', handed)
  return handed
end
if call('HLEN', P .. 'turn') < capacity() and mayStart(holders) then
  call('HSET', run, 'job', ARGV[3])
  take(id, holders)
  queued(id, 0)
  hand(id, 'turn', handed)
  return handed
end
-- The last quarter of the places is for groups that have none yet, and the quarter before it for accounts of a group that have none.
local reserved, places = math.floor(limit / 4), limit
if call('ZSCORE', P .. 'groups', group) then
  places = limit - reserved
  if account ~= group and call('ZSCORE', P .. 'accounts:' .. group, account) then places = limit - 2 * reserved end
end
local waiting = call('HLEN', P .. 'place')
if waiting >= places then return { 'full', waiting, capacity() } end
call('HSET', run, 'job', ARGV[3], 'state', 'waiting')
enter(id, group, account, holders)
-- Its position: those before it in its own group, then those before that in the rounds of all groups.
local inLine = call('LLEN', lineOf(group, account)) - 1
local inGroup, passed = 0, false
for _, other in ipairs(call('ZRANGE', P .. 'accounts:' .. group, 0, -1)) do
  if other == account then passed = true; inGroup = inGroup + inLine
  else inGroup = inGroup + math.min(call('LLEN', lineOf(group, other)), passed and inLine or inLine + 1) end
end
local position
position, passed = 1, false
for _, other in ipairs(call('ZRANGE', P .. 'groups', 0, -1)) do
  if other == group then passed = true; position = position + inGroup
  else position = position + math.min(tonumber(call('HGET', P .. 'sizes', other)), passed and inGroup or inGroup + 1) end
end
call('HSET', P .. 'told', id, position)
queued(id, position)
return handed
`,
);

/** ARGV: prefix. */
export const TELL = script("tell", PRELUDE, ROOM, `call('DEL', P .. 'tells'); return { tellSoon() }`);

/** ARGV: prefix, run. */
export const CANCEL = script(
  "cancel",
  PRELUDE,
  ROOM,
  `
local handed = { 0 }
if cancel(ARGV[2], handed) then handed[1] = tellSoon() end
return handed
`,
);

/** The run was not accepted after all. ARGV: prefix, run. */
export const DROP = script(
  "drop",
  PRELUDE,
  ROOM,
  `
local id = ARGV[2]
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'watchers', 'worker')
postAll(of[1], 'd\\n' .. id)
post(of[2], 'x\\n' .. id)
local handed = { 0 }
local left = remove(id) ~= nil
if not of[2] and free(id) then left = grant(handed) or left end
call('ZREM', P .. 'handed', id)
call('ZREM', P .. 'absent', id)
call('SREM', P .. 'lingering', id)
call('UNLINK', run, P .. 'events:' .. id, P .. 'controls:' .. id)
if left then handed[1] = tellSoon() end
return handed
`,
);

/**
 * A worker has taken a run from BullMQ. ARGV: prefix, run, process, 1 when it has the run already, a number that grows with each time that this
 * process begins something. Answers `{ job, try, cancelled, heard, last number, turn, ms, … }`; nothing where there is nothing to do: the run was
 * dropped, has been done, or the worker that BullMQ thinks lost is alive and has it still. Saying it again, since no answer came, begins the same try.
 */
export const BEGIN = script(
  "begin",
  PRELUDE,
  ROOM,
  `
local id, process = ARGV[2], ARGV[3]
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'job', 'tries', 'worker', 'heard', 'cancelled', 'ended', 'begun')
if not of[1] or of[6] then
  call('HDEL', run, 'job')
  local handed = { 0 }
  call('ZREM', P .. 'handed', id)
  if free(id) and grant(handed) then handed[1] = tellSoon() end
  return { false, handed }
end
local mine = of[3] == process
if mine and ARGV[4] == '1' then return { false, { 0 } } end
if of[3] and not mine then
  -- BullMQ's locks also run out while Redis itself is away; then the worker has some time to be heard of again.
  local at = now()
  local silent = at - tonumber(call('ZSCORE', P .. 'alive', of[3]) or 0)
  local steady = at - tonumber(call('GET', P .. 'steady') or at)
  local listens = call('PUBSUB', 'NUMSUB', P .. 'to:' .. of[3])[2] > 0
  local lost = steady > 6000 and (silent > 10000 or (not listens and silent > 2500))
  if not lost then return { false, { 0 } } end
  post(of[3], 't\\n' .. id)
end
local tries = mine and tonumber(of[2]) or call('HINCRBY', run, 'tries', 1)
local begun = math.max(tonumber(ARGV[5]), mine and tonumber(of[7] or 0) or 0)
call('HSET', run, 'worker', process, 'begun', begun)
local handed, heard = { 0 }, of[4] and 1 or 0
if not mine then
  if tries == 2 and heard == 0 then
    call('XTRIM', P .. 'events:' .. id, 'MAXLEN', 0)
    call('DEL', P .. 'controls:' .. id)
    call('HDEL', run, 'unread', 'commands', 'inputEnded', 'deaf', 'reader')
    queued(id, 0, ',"attempt":2')
  elseif tries > 2 and free(id) and grant(handed) then handed[1] = tellSoon() end
end
local turn = call('HGET', P .. 'turn', id)
if turn then
  turn = cmsgpack.unpack(turn)
  turn.worker = process
  call('HSET', P .. 'turn', id, cmsgpack.pack(turn))
end
return { of[1], tries, of[5] or '', heard, call('HGET', run, 'seq'), turn and 1 or 0, handed }
`,
);

/**
 * A worker has not the run that Redis says it has: its `BEGIN` was done and never answered. The try is taken back, and the run handed out again. ARGV: prefix, run,
 * process, the number of the last `BEGIN` that it may be; of a later one nothing is changed.
 */
export const DISOWN = script(
  "disown",
  PRELUDE,
  ROOM,
  `
local id, handed = ARGV[2], { 0 }
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'job', 'worker', 'begun', 'state')
if not of[1] or of[2] ~= ARGV[3] or tonumber(of[3] or 0) > tonumber(ARGV[4]) then return handed end
call('HDEL', run, 'worker', 'begun')
call('HINCRBY', run, 'tries', -1)
local turn = call('HGET', P .. 'turn', id)
if turn then call('HSET', P .. 'turn', id, cmsgpack.pack({ holders = cmsgpack.unpack(turn).holders })) end
hand(id, of[4], handed)
return handed
`,
);

/**
 * A worker gives back a run's turn, has done its job, or both. ARGV: prefix, run, process, try, 1 to give back the turn, 1 when it is done. What a worker
 * says of a run that was given to another, or of an earlier try of its own, changes nothing.
 */
export const LEAVE = script(
  "leave",
  PRELUDE,
  ROOM,
  `
local id, handed = ARGV[2], { 0 }
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'worker', 'tries')
if of[1] and (of[1] ~= ARGV[3] or of[2] ~= ARGV[4]) then return handed end
if ARGV[6] == '1' then
  call('HDEL', run, 'job')
  call('ZREM', P .. 'handed', id)
end
if ARGV[5] == '1' and free(id) and grant(handed) then handed[1] = tellSoon() end
return handed
`,
);

/** Of these runs those that somebody will end. ARGV: prefix, runs. Answers `*` where that cannot be told yet. */
export const KNOWS = script(
  "knows",
  PRELUDE,
  `
local known = {}
if now() - tonumber(call('GET', P .. 'since') or now()) < 10000 then return { '*' } end
for index = 2, #ARGV do
  if call('HEXISTS', P .. 'run:' .. ARGV[index], 'job') == 1 then known[#known + 1] = ARGV[index] end
end
return known
`,
);

/** Of these runs those that wait for a turn or for a worker. ARGV: prefix, runs. */
export const UNBEGUN = script(
  "unbegun",
  PRELUDE,
  `
local unbegun = {}
for index = 2, #ARGV do
  local of = call('HMGET', P .. 'run:' .. ARGV[index], 'job', 'worker')
  if of[1] and not of[2] then unbegun[#unbegun + 1] = ARGV[index] end
end
return unbegun
`,
);
