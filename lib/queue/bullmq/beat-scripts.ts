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
-- Turns of jobs that are done, or were never begun and are no more, whose worker cannot give them back. How many count for whom is counted anew.
call('DEL', P .. 'held')
local turns = call('HGETALL', P .. 'turn')
for index = 1, #turns, 2 do
  local turn = cmsgpack.unpack(turns[index + 1])
  local dead = steady and (not turn.worker or not call('ZSCORE', P .. 'alive', turn.worker))
  if dead and call('HEXISTS', P .. 'run:' .. turns[index], 'job') == 0 then call('HDEL', P .. 'turn', turns[index])
  else hold(turn.holders) end
end
-- What was to be given to BullMQ and is not there: whoever was about to do it died, or BullMQ's own was lost with a Redis that began anew. A worker that
-- is to have it is asked (\`o\`) whether it does: it may never have been answered.
for _, id in ipairs(call('ZRANGEBYSCORE', P .. 'handed', '-inf', at - 3000)) do
  local of = call('HMGET', P .. 'run:' .. id, 'job', 'state', 'worker')
  if not of[1] then call('ZREM', P .. 'handed', id)
  elseif call('EXISTS', ARGV[4] .. of[2] .. ':' .. id) == 0 then
    if of[3] and call('ZSCORE', P .. 'alive', of[3]) then post(of[3], 'o\\n' .. id)
    elseif steady then
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
 * A worker has a job that Redis may have forgotten, or whose last second it may have forgotten. ARGV: prefix, run, process, job, try, last number, facts,
 * number of its `BEGIN`, 1 when it holds a turn, then keys and turns. Answers 0 where another has the run now, 1 where it is this worker's still, 2 where it was
 * cancelled meanwhile.
 */
export const RESTORE = script(
  "restore",
  PRELUDE,
  ROOM,
  `
local id, process, try, seq = ARGV[2], ARGV[3], tonumber(ARGV[5]), tonumber(ARGV[6])
local run = P .. 'run:' .. id
local of = call('HMGET', run, 'open', 'tries', 'cancelled', 'ended', 'worker', 'seq', 'facts')
if of[4] then return 1 end
local tries, other = tonumber(of[2] or 0), of[5] and of[5] ~= process and of[5]
if tries > try or (tries == try and other and call('ZSCORE', P .. 'alive', other)) then return 0 end
if other then post(other, 't\\n' .. id) end
call('HSET', run, 'open', '1', 'job', ARGV[4], 'tries', try, 'worker', process, 'begun', ARGV[8], 'state', 'turn')
-- Events that were seen and are forgotten keep their numbers.
call('HSET', run, 'seq', math.max(seq, tonumber(of[6] or 0)))
if ARGV[7] ~= '' and not of[7] then call('HSET', run, 'facts', ARGV[7]) end
call('EXPIRE', run, LIVE_S)
if remove(id) or not call('ZSCORE', P .. 'handed', id) then call('ZADD', P .. 'handed', now(), id) end
if ARGV[9] == '1' then
  local holders = {}
  for index = 10, #ARGV do holders[#holders + 1] = ARGV[index] end
  if call('HEXISTS', P .. 'turn', id) == 0 then take(id, holders) end
  call('HSET', P .. 'turn', id, cmsgpack.pack({ holders = holders, worker = process }))
end
return of[3] and 2 or 1
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
