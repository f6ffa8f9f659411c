import { ROOM } from "./room";
import { PRELUDE, script } from "./script";

/** After so long without a word a process is gone, in ms. */
const GONE_MS = 10_000;

/**
 * What every process does every two seconds: it says that it lives and what it can take on, and one of them looks after what others may have left.
 * ARGV: prefix, process, turns (`` where it takes no jobs), prefix of BullMQ's jobs, 1 to look after others in any case. Answers as the scripts of the room.
 */
export const BEAT = script(
  "beat",
  PRELUDE,
  ROOM,
  `
local process, handed, at = ARGV[2], { 0 }, now()
-- Since when processes have been heard of without a gap: before that nobody is called lost.
local last = tonumber(call('GET', P .. 'beatAt') or 0)
if last == 0 then call('MSET', P .. 'steady', 0, P .. 'since', at)
elseif at - last > 4000 then call('SET', P .. 'steady', at) end
call('SET', P .. 'beatAt', at)
call('ZADD', P .. 'alive', at, process)
local was = call('HGET', P .. 'workers', process) or ''
if ARGV[3] ~= '' then call('HSET', P .. 'workers', process, ARGV[3]) else call('HDEL', P .. 'workers', process) end
if was == ARGV[3] and ARGV[5] ~= '1' and not call('SET', P .. 'swept', process, 'NX', 'PX', 1500) then return handed end
local steady = at - tonumber(call('GET', P .. 'steady')) > ${GONE_MS}
if steady then
  for _, gone in ipairs(call('ZRANGEBYSCORE', P .. 'alive', '-inf', at - ${GONE_MS})) do
    call('ZREM', P .. 'alive', gone)
    call('HDEL', P .. 'workers', gone)
    for _, id in ipairs(call('SMEMBERS', P .. 'lingering')) do
      local run, left = P .. 'run:' .. id, {}
      local of = call('HMGET', run, 'open', 'followers', 'linger')
      for follower in string.gmatch(of[2] or '', '%S+') do
        if follower ~= gone then left[#left + 1] = follower end
      end
      if not of[1] then call('SREM', P .. 'lingering', id)
      elseif of[2] ~= table.concat(left, ' ') then
        call('HSET', run, 'followers', table.concat(left, ' '))
        if #left == 0 then call('ZADD', P .. 'absent', 'NX', at + of[3], id) end
      end
    end
  end
end
local sum = 0
for _, turns in ipairs(call('HVALS', P .. 'workers')) do sum = sum + turns end
call('SET', P .. 'capacity', sum)
local changed = false
for _, id in ipairs(call('ZRANGEBYSCORE', P .. 'absent', '-inf', at)) do
  call('ZREM', P .. 'absent', id)
  changed = cancel(id, handed) or changed
end
if steady then
  -- Turns of jobs that are done, or were never begun and are no more, whose worker cannot give them back.
  local turns = call('HGETALL', P .. 'turn')
  for index = 1, #turns, 2 do
    local worker = cmsgpack.unpack(turns[index + 1]).worker
    local dead = not worker or not call('ZSCORE', P .. 'alive', worker)
    if dead and call('HEXISTS', P .. 'run:' .. turns[index], 'job') == 0 then free(turns[index]) end
  end
  -- What was to be given to BullMQ and is not there: whoever was about to do it died, or BullMQ's own was lost with a Redis that began anew.
  for _, id in ipairs(call('ZRANGEBYSCORE', P .. 'handed', '-inf', at - 3000)) do
    local of = call('HMGET', P .. 'run:' .. id, 'job', 'state', 'worker')
    if not of[1] then call('ZREM', P .. 'handed', id)
    elseif call('EXISTS', ARGV[4] .. of[2] .. ':' .. id) == 0 and (not of[3] or not call('ZSCORE', P .. 'alive', of[3])) then
      handed[#handed + 1] = of[2]
      handed[#handed + 1] = id
    end
  end
end
changed = grant(handed) or changed
if changed then handed[1] = tellSoon() end
return handed
`,
);

/** A process goes in order. ARGV: prefix, process. */
export const GONE = script(
  "gone",
  PRELUDE,
  `
call('ZREM', P .. 'alive', ARGV[2])
if call('HDEL', P .. 'workers', ARGV[2]) == 1 then
  local sum = 0
  for _, turns in ipairs(call('HVALS', P .. 'workers')) do sum = sum + turns end
  call('SET', P .. 'capacity', sum)
end
`,
);

/**
 * A worker has a job that Redis may have forgotten. ARGV: prefix, run, process, job, try, last number, facts, 1 when it holds a turn, then keys and turns.
 * Answers 1 where it is this worker's still, 2 where it was cancelled meanwhile.
 */
export const RESTORE = script(
  "restore",
  PRELUDE,
  ROOM,
  `
local id, process = ARGV[2], ARGV[3]
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'open', 'tries', 'cancelled')
if of[1] then
  if tonumber(of[2] or 0) > tonumber(ARGV[5]) then return 0 end
  return of[3] and 2 or 1
end
call('HSET', run, 'open', '1', 'job', ARGV[4], 'tries', ARGV[5], 'seq', ARGV[6], 'worker', process, 'state', 'turn')
if ARGV[7] ~= '' then call('HSET', run, 'facts', ARGV[7]) end
call('EXPIRE', run, LIVE_S)
call('ZADD', P .. 'handed', now(), id)
if ARGV[8] == '1' then
  local holders = {}
  for index = 9, #ARGV do holders[#holders + 1] = ARGV[index] end
  take(id, holders)
  local turn = cmsgpack.unpack(call('HGET', P .. 'turn', id))
  turn.worker = process
  call('HSET', P .. 'turn', id, cmsgpack.pack(turn))
end
return 1
`,
);

/** Says that somebody at a process follows a run, or nobody any more. ARGV: prefix, run, process, 1 or 0. */
export const FOLLOW = script(
  "follow",
  PRELUDE,
  `
local id, process = ARGV[2], ARGV[3]
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'open', 'ended', 'followers', 'linger')
if not of[1] or of[2] or not of[4] then return end
local left = {}
for follower in string.gmatch(of[3] or '', '%S+') do
  if follower ~= process then left[#left + 1] = follower end
end
if ARGV[4] == '1' then left[#left + 1] = process end
call('HSET', run, 'followers', table.concat(left, ' '))
if #left > 0 then call('ZREM', P .. 'absent', id) else call('ZADD', P .. 'absent', now() + of[4], id) end
`,
);

/** From now on a run is cancelled when nobody follows it for so long. Every process that watches it is asked (\`l\`) whether somebody does. ARGV: prefix, run, ms. */
export const LINGER = script(
  "linger",
  PRELUDE,
  `
local id = ARGV[2]
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'open', 'ended', 'watchers', 'followers')
if not of[1] or of[2] then return end
call('HSET', run, 'linger', ARGV[3])
call('SADD', P .. 'lingering', id)
if (of[4] or '') == '' then call('ZADD', P .. 'absent', now() + ARGV[3], id) end
postAll(of[3], 'l\\n' .. id .. '\\n' .. ARGV[3])
`,
);
