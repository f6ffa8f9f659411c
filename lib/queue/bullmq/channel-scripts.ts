import { PRELUDE, script } from "./script";

/** Begins a run whose events go to `process` from the first. ARGV: prefix, run, process, facts. */
export const OPEN = script(
  "open",
  PRELUDE,
  `
local run = P .. 'run:' .. ARGV[2]
call('HSET', run, 'open', '1', 'seq', '0', 'watchers', ARGV[3])
if ARGV[4] ~= '' then call('HSET', run, 'facts', ARGV[4]) end
call('EXPIRE', run, LIVE_S)
`,
);

/**
 * Adds events of one writer, whose name begins with its process and a dot. ARGV: prefix, run, writer, how many events of that writer came before, the attempt that writes them
 * (0: not said), 1 when the last is the run's last, characters held of the run, for how long an ended run is kept (ms), characters of ended runs
 * that are kept, events. Sending it again adds nothing twice. Answers the run's last number; -1 where the run is not live, -2 where it was given
 * to another worker.
 */
export const APPEND = script(
  "append",
  PRELUDE,
  `
local id, writer = ARGV[2], 'w:' .. ARGV[3]
local run, events = P .. 'run:' .. id, P .. 'events:' .. id
local of = call('HMGET', run, 'open', 'ended', 'seq', 'tries', writer, 'watchers', 'reader', 'worker')
if not of[1] then return -1 end
local attempt, process = tonumber(ARGV[5]), string.match(ARGV[3], '^[^.]+')
if attempt > 0 and (tonumber(of[4] or 0) > attempt or (of[8] and of[8] ~= process)) then return -2 end
local seq = tonumber(of[3])
if of[2] then return -1 end
local taken, before = tonumber(of[5] or 0), tonumber(ARGV[4])
local first, count = 10 + math.max(0, taken - before), #ARGV - 9
if first <= #ARGV then
  local begins = seq + 1
  for index = first, #ARGV do
    seq = seq + 1
    call('XADD', events, seq, 'e', ARGV[index])
  end
  if begins == 1 then call('EXPIRE', events, LIVE_S) end
  call('HSET', run, 'seq', seq, writer, before + count)
  postAll(of[6], 'e\\n' .. id .. '\\n' .. begins .. '\\n[' .. table.concat(ARGV, ',', first) .. ']')
end
if ARGV[6] ~= '1' then return seq end
call('HSET', run, 'ended', '1')
call('PEXPIRE', run, ARGV[8])
call('PEXPIRE', events, ARGV[8])
call('DEL', P .. 'controls:' .. id)
call('ZREM', P .. 'absent', id)
call('SREM', P .. 'lingering', id)
post(of[7], 'c\\n' .. id)
-- Of what has ended only so much is held: the oldest go first.
local at = now()
call('RPUSH', P .. 'ended', at .. ' ' .. ARGV[7] .. ' ' .. id)
local held = call('INCRBY', P .. 'endedChars', ARGV[7])
while true do
  local oldest = call('LINDEX', P .. 'ended', 0)
  if not oldest then break end
  local time, chars, other = string.match(oldest, '^(%d+) (%d+) (.*)$')
  if held <= tonumber(ARGV[9]) and tonumber(time) > at - tonumber(ARGV[8]) then break end
  call('LPOP', P .. 'ended')
  held = call('DECRBY', P .. 'endedChars', chars)
  call('UNLINK', P .. 'run:' .. other, P .. 'events:' .. other)
end
return seq
`,
);

/**
 * From now on the events of a run go to `process` as well, if there is one. ARGV: prefix, run, process, the last number that it has seen. Answers
 * `{ last number, ended, events after that }`, nothing where it is not live. Where Redis came back with less than that number, the next ones come after
 * it; of a run that has ended the last event is answered then.
 */
export const WATCH = script(
  "watch",
  PRELUDE,
  `
local run = P .. 'run:' .. ARGV[2]
local of = call('HMGET', run, 'open', 'seq', 'ended', 'watchers')
if not of[1] then return false end
local watchers = of[4] or ''
if ARGV[3] ~= '' and not string.find(' ' .. watchers .. ' ', ' ' .. ARGV[3] .. ' ', 1, true) then
  call('HSET', run, 'watchers', watchers .. ' ' .. ARGV[3])
end
local seq, from = of[2], ARGV[4] + 1
if from > seq + 1 then
  if of[3] then from = seq
  else
    seq = ARGV[4]
    call('HSET', run, 'seq', seq)
  end
end
return { seq, of[3] or '', call('XRANGE', P .. 'events:' .. ARGV[2], from, '+') }
`,
);

/** The events of a run go to `process` no more. ARGV: prefix, run, process. */
export const UNWATCH = script(
  "unwatch",
  PRELUDE,
  `
local run = P .. 'run:' .. ARGV[2]
local watchers = call('HGET', run, 'watchers')
if not watchers then return end
local left = {}
for process in string.gmatch(watchers, '%S+') do
  if process ~= ARGV[3] then left[#left + 1] = process end
end
call('HSET', run, 'watchers', table.concat(left, ' '))
`,
);

/**
 * Says something to a program. ARGV: prefix, run, process, a name for what is said, kind (`i` input, `e` its end, `r` size, `s` signal), what (JSON), bytes
 * of input, the most that may be unread, the length up to which input is joined, sizes and signals that may be unread. A control is kept as its kind,
 * its bytes and its JSON. What a process has said last under the same name is not said again.
 */
export const SAY = script(
  "say",
  PRELUDE,
  `
local id, kind, said, bytes = ARGV[2], ARGV[5], ARGV[6], tonumber(ARGV[7])
local run, controls, sender = P .. 'run:' .. id, P .. 'controls:' .. id, 's:' .. ARGV[3]
local of = call('HMGET', run, 'open', 'ended', 'deaf', 'inputEnded', 'unread', 'commands', 'reader', sender)
if of[1] and of[8] == ARGV[4] then return 'ok' end
if not of[1] or of[2] or of[3] then return 'ended' end
if (kind == 'i' or kind == 'e') and of[4] then return 'inputEnded' end
local lastKind, lastBytes, last = string.match(call('LINDEX', controls, -1) or '', '^(%a)(%d+) (.*)$')
local joined
if kind == 'i' then
  local unread = tonumber(of[5] or 0) + bytes
  if unread > tonumber(ARGV[8]) then return tostring(unread) end
  call('HSET', run, 'unread', unread)
  if lastKind == 'i' and #last < tonumber(ARGV[9]) then
    joined = 'i' .. (lastBytes + bytes) .. ' ' .. string.sub(last, 1, -2) .. string.sub(said, 2)
  end
elseif kind == 'e' then
  call('HSET', run, 'inputEnded', '1')
elseif kind == 'r' and lastKind == 'r' then
  joined = 'r0 ' .. said
elseif kind == 's' and lastKind == 's' and last == said then
  joined = 's0 ' .. said
else
  if tonumber(of[6] or 0) >= tonumber(ARGV[10]) then return 'commands' end
  call('HINCRBY', run, 'commands', 1)
end
call('HSET', run, sender, ARGV[4])
if joined then
  call('LSET', controls, -1, joined)
  return 'ok'
end
local length = call('RPUSH', controls, kind .. bytes .. ' ' .. said)
if length == 1 then call('EXPIRE', controls, LIVE_S) end
-- Before it there is nothing, or only what the reader has.
if length == 1 or (length == 2 and string.sub(call('LINDEX', controls, 0), 1, 1) == 'g') then post(of[7], 'c\\n' .. id) end
return 'ok'
`,
);

/**
 * What was said to a program, for its one reader, which is told (`c`) when there is more. ARGV: prefix, run, process, length of what is given at once,
 * the name of what the reader has been given and is done with, a name for what it is given now. Answers `{ name, controls }`; nothing where the run has
 * ended, or another process has its job. What is given stays first in the list (`g`, its name, the controls) until the reader is done with it: a reader
 * that got no answer is given it again, under the name that it has.
 */
export const HEAR = script(
  "hear",
  PRELUDE,
  `
local id, process = ARGV[2], ARGV[3]
local run, controls = P .. 'run:' .. id, P .. 'controls:' .. id
local of = call('HMGET', run, 'open', 'ended', 'deaf', 'worker')
if not of[1] or of[2] or of[3] or (of[4] and of[4] ~= process) then return false end
call('HSET', run, 'reader', process)
local first = call('LINDEX', controls, 0) or ''
if string.sub(first, 1, 1) == 'g' then
  local space = string.find(first, ' ', 1, true)
  local name = string.sub(first, 2, space - 1)
  if name ~= ARGV[5] then return { name, cmsgpack.unpack(string.sub(first, space + 1)) } end
  call('LPOP', controls)
end
local heard, length = {}, 0
while length < tonumber(ARGV[4]) do
  local control = call('LPOP', controls)
  if not control then break end
  heard[#heard + 1] = control
  length = length + #control
  local kind, bytes = string.match(control, '^(%a)(%d+)')
  if kind == 'i' then call('HINCRBY', run, 'unread', -bytes) end
  if kind == 'r' or kind == 's' then call('HINCRBY', run, 'commands', -1) end
end
if #heard > 0 then
  call('HSET', run, 'heard', '1')
  call('LPUSH', controls, 'g' .. ARGV[6] .. ' ' .. cmsgpack.pack(heard))
  call('EXPIRE', controls, LIVE_S)
end
return { ARGV[6], heard }
`,
);

/** The reader has stopped: nothing can be said any more, unless another process has the job. ARGV: prefix, run, process. */
export const HUSH = script(
  "hush",
  PRELUDE,
  `
local run = P .. 'run:' .. ARGV[2]
local of = call('HMGET', run, 'open', 'worker')
if of[2] and of[2] ~= ARGV[3] then return end
if of[1] then call('HSET', run, 'deaf', '1') end
call('DEL', P .. 'controls:' .. ARGV[2])
`,
);
