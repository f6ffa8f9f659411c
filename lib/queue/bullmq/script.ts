import { createHash } from "node:crypto";

/** A script that Redis runs in one go. `ARGV[1]` is the prefix of all keys; keys are made from it, so Redis Cluster is not supported. */
export interface Script {
  name: string;
  lua: string;
  sha: string;
}

export function script(name: string, ...parts: readonly string[]): Script {
  const lua = parts.join("\n");
  return { name, lua, sha: createHash("sha1").update(lua).digest("hex") };
}

/**
 * What scripts share: the keys, the clock, and how a run is told of an event that comes from the queue.
 *
 * A run is a hash `run:ID`: `open`, `facts`, `seq` (of its last event), `ended`, `watchers` (processes that are sent its events), `job`, `tries`,
 * `worker` (who has the job), `begun` (the number of its `BEGIN`), `cancelled`, what `say` counts (`unread`, `commands`, `inputEnded`,
 * `reader`), `s:PROCESS` (the last that a process has said to the program), `w:WRITER` (events taken from a writer, which is a process's try:
 * `PROCESS.N`).
 * A process is sent messages through `to:PROCESS`: a letter for what it is, then fields with line ends between them.
 */
export const PRELUDE = `
local P = ARGV[1]
local call = redis.call
local LIVE_S = 86400
local function now()
  local time = call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function post(process, message)
  if process and process ~= '' then return call('PUBLISH', P .. 'to:' .. process, message) end
  return 0
end
local function postAll(processes, message)
  for process in string.gmatch(processes or '', '%S+') do post(process, message) end
end
local function tell(id, json)
  local run = P .. 'run:' .. id
  local of = call('HMGET', run, 'open', 'ended', 'watchers')
  if not of[1] or of[2] then return end
  local seq = call('HINCRBY', run, 'seq', 1)
  call('XADD', P .. 'events:' .. id, seq, 'e', json)
  if seq == 1 then call('EXPIRE', P .. 'events:' .. id, LIVE_S) end
  postAll(of[3], 'e\\n' .. id .. '\\n' .. seq .. '\\n[' .. json .. ']')
end
local function queued(id, position, more)
  tell(id, '{"type":"queued","id":' .. cjson.encode(id) .. ',"position":' .. position .. (more or '') .. '}')
end
`;
