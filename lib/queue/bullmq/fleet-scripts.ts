import { PRELUDE, script } from "./script";

/** A worker counts as gone after so long without a notice. */
export const GONE_MS = 10_000;

/** What all workers have said last: `notices` has process and notice by the worker's id, `noticed` when that was said. */

/** A worker says who it is. ARGV: prefix, worker, process, notice. */
export const ANNOUNCE = script(
  "announce",
  PRELUDE,
  `
local at, notices, noticed = now(), P .. 'notices', P .. 'noticed'
call('HSET', notices, ARGV[2], ARGV[3] .. '\\n' .. ARGV[4])
call('ZADD', noticed, at, ARGV[2])
for _, gone in ipairs(call('ZRANGEBYSCORE', noticed, '-inf', at - ${GONE_MS})) do
  call('HDEL', notices, gone)
  call('ZREM', noticed, gone)
end
call('PEXPIRE', notices, ${GONE_MS})
call('PEXPIRE', noticed, ${GONE_MS})
call('PUBLISH', P .. 'fleet', 'n\\n' .. ARGV[3] .. '\\n' .. ARGV[4])
`,
);

/** A worker goes. ARGV: prefix, worker. */
export const WITHDRAW = script(
  "withdraw",
  PRELUDE,
  `
call('HDEL', P .. 'notices', ARGV[2])
call('ZREM', P .. 'noticed', ARGV[2])
call('PUBLISH', P .. 'fleet', 'g\\n' .. ARGV[2])
`,
);

/** The workers that are not gone. ARGV: prefix. Answers process and notice of each, with a line end between them. */
export const NOTICES = script(
  "notices",
  PRELUDE,
  `
local workers = call('ZRANGEBYSCORE', P .. 'noticed', now() - ${GONE_MS}, '+inf')
local notices = {}
for _, worker in ipairs(workers) do
  local notice = call('HGET', P .. 'notices', worker)
  if notice then notices[#notices + 1] = notice end
end
return notices
`,
);
