import { redisChannels, redisKeys } from '../redis-keys.ts'
import { redisScript, type ScriptArgument } from './redis-script.ts'

/** Which session, and who asks. Ids hold no space and no line break. */
export type SessionAddress = { sessionId: string; holderId: string; tenantId: string; nodeId: string }

/** Keys of every script about one session, in the order of `prelude`. */
export const keysOf = ({ sessionId, holderId, tenantId, nodeId }: SessionAddress): string[] => [
  redisKeys.mqttSession(sessionId),
  redisKeys.mqttSessionPart(sessionId, 'subscriptions'),
  redisKeys.mqttSessionPart(sessionId, 'queue'),
  redisKeys.mqttSessionPart(sessionId, 'received'),
  redisKeys.mqttSessionPart(sessionId, 'released'),
  redisKeys.spaceSubscriptions(tenantId),
  redisKeys.spaceVersion(tenantId),
  redisKeys.spaceChanges(tenantId),
  redisKeys.spaceUsage(tenantId),
  redisKeys.mqttExpiry,
  redisKeys.mqttSessionsOf(holderId),
  redisKeys.mqttHolders,
  redisKeys.mqttWills,
  redisKeys.mqttOwned(nodeId),
]

export const argsOf = (address: SessionAddress, ...more: ScriptArgument[]): ScriptArgument[] => [
  address.sessionId,
  address.holderId,
  address.tenantId,
  redisChannels.space,
  address.nodeId,
  Date.now(),
  ...more,
]

/**
 * One hash a session: `owner` its connection and `node` where that is, `keep` its time without one in seconds, `seq` the last
 * message queued, `sent` the last one that went out, `bytes` in the queue, `will` with its `delay`, `ended` when it waits for
 * nothing but its will. `leftOver` are messages of shared subscriptions that another session may have ([MQTT-4.8.2-5]: not those
 * with QoS 2 that were begun).
 */
const prelude = `
local S, SUBS, QUEUE, RECEIVED, RELEASED, TSUBS, VERSION, CHANGES, USAGE, EXPIRY, OF, HOLDERS, WILLS, OWNED = unpack(KEYS)
local sid, holder, tenant, channel, node, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
local function word(kind, body)
  redis.call('PUBLISH', channel, node .. struct.pack('>I4', #body + 1) .. kind .. body)
end
local function changed(sign, filter, options)
  local version = redis.call('INCR', VERSION)
  redis.call('XADD', CHANGES, 'MAXLEN', '~', 1000, version .. '-0', sign, sid .. ' ' .. filter, 'o', options)
end
local function drop()
  local isChanged = false
  for _, filter in ipairs(redis.call('HKEYS', SUBS)) do
    if redis.call('HDEL', TSUBS, sid .. ' ' .. filter) == 1 then
      changed('-', filter, '')
      isChanged = true
    end
  end
  if isChanged then word('C', tenant) end
  local bytes = tonumber(redis.call('HGET', S, 'bytes') or '0')
  if bytes ~= 0 then redis.call('HINCRBY', USAGE, 'queued', -bytes) end
  redis.call('DEL', S, SUBS, QUEUE, RECEIVED, RELEASED)
  redis.call('ZREM', EXPIRY, sid)
  redis.call('ZREM', WILLS, sid)
  redis.call('SREM', OF, sid)
  if redis.call('SCARD', OF) == 0 then redis.call('SREM', HOLDERS, holder) end
end
local function leftOver()
  local left = {}
  local sent = tonumber(redis.call('HGET', S, 'sent') or '0')
  for _, entry in ipairs(redis.call('XRANGE', QUEUE, '-', '+')) do
    local number, options = string.match(entry[1], '^%d+'), entry[2][4]
    local isBegun = tonumber(number) <= sent and string.find(options, '"q":2', 1, true)
    if string.find(options, '"s":', 1, true) and not isBegun then
      left[#left + 1] = entry[2][2]
      left[#left + 1] = options
    end
  end
  return left
end
`

/**
 * More ARGV: connection, whether it begins anew, seconds to keep, will, its delay, most sessions of the holder, whether there
 * is to be a record. Answers: whether it was there (-1: no room), a will to publish now, received identifiers, subscriptions,
 * number of the last message that went out.
 */
export const openScript = redisScript(`${prelude}
local isClean, keep, will, delay = ARGV[8] == '1', ARGV[9], ARGV[10], ARGV[11]
local was = redis.call('EXISTS', S) == 1
local lastWill = ''
if was then
  local owner = redis.call('HGET', S, 'owner')
  if owner then word('O', sid .. '\\n' .. ARGV[7]) end
  local due = redis.call('ZSCORE', EXPIRY, sid)
  local isOver = isClean or redis.call('HEXISTS', S, 'ended') == 1 or (due and tonumber(due) <= now)
  local left = redis.call('HGET', S, 'will')
  if left and (isOver or (owner and redis.call('HGET', S, 'delay') == '0')) then lastWill = left end
  if isOver then
    drop()
    was = false
  end
end
if ARGV[13] == '0' then return {0, lastWill, {}, {}, '0'} end
if not was and redis.call('SCARD', OF) >= tonumber(ARGV[12]) then return {-1, lastWill, {}, {}, '0'} end
redis.call('HDEL', S, 'will', 'delay')
redis.call('HSET', S, 'owner', ARGV[7], 'node', node, 'keep', keep)
if will ~= '' then redis.call('HSET', S, 'will', will, 'delay', delay) end
redis.call('ZREM', EXPIRY, sid)
redis.call('ZREM', WILLS, sid)
redis.call('SADD', OWNED, sid)
redis.call('SADD', OF, sid)
if redis.call('SADD', HOLDERS, holder) == 1 then word('H', holder) end
local sent = redis.call('HGET', S, 'sent') or '0'
return {was and 1 or 0, lastWill, redis.call('SMEMBERS', RECEIVED), redis.call('HGETALL', SUBS), sent}`)

/**
 * The connection is over. More ARGV: connection (nothing: whichever the node had), whether its will stays, other seconds to
 * keep or nothing. Answers the will to publish now, which then counts as taken for a while, and what is left over when the
 * session ends with it.
 */
export const suspendScript = redisScript(`${prelude}
local isMine = redis.call('HGET', S, 'owner') == ARGV[7]
if ARGV[7] == '' then isMine = redis.call('HGET', S, 'node') == node end
if not isMine then
  if redis.call('HGET', S, 'node') ~= node then redis.call('SREM', OWNED, sid) end
  return {'', {}}
end
redis.call('SREM', OWNED, sid)
redis.call('HDEL', S, 'owner', 'node')
local keep = tonumber(redis.call('HGET', S, 'keep'))
if ARGV[9] ~= '' then keep = tonumber(ARGV[9]) end
local will = ARGV[8] == '1' and redis.call('HGET', S, 'will') or ''
if will == '' then redis.call('HDEL', S, 'will', 'delay') end
local left = {}
if keep == 0 then
  left = leftOver()
  if will == '' then
    drop()
    return {'', left}
  end
  local bytes = tonumber(redis.call('HGET', S, 'bytes') or '0')
  if bytes > 0 then redis.call('HINCRBY', USAGE, 'queued', -bytes) end
  redis.call('HSET', S, 'ended', 1, 'bytes', 0)
  redis.call('DEL', QUEUE)
end
redis.call('ZADD', EXPIRY, now + keep * 1000, sid)
if will == '' then return {'', left} end
local wait = math.min(tonumber(redis.call('HGET', S, 'delay')), keep)
if wait > 0 then
  redis.call('ZADD', WILLS, now + wait * 1000, sid)
  return {'', left}
end
redis.call('ZADD', WILLS, now + 10000, sid)
return {will, left}`)

/** Takes a will whose time has come; nothing when another node was faster. */
export const takeWillScript = redisScript(`${prelude}
local due = redis.call('ZSCORE', WILLS, sid)
if not due or tonumber(due) > now then return '' end
local will = redis.call('HGET', S, 'will')
if not will then
  redis.call('ZREM', WILLS, sid)
  return ''
end
redis.call('ZADD', WILLS, now + 10000, sid)
return will`)

/** The will was published. */
export const willDoneScript = redisScript(`${prelude}
if not redis.call('ZSCORE', WILLS, sid) then return 0 end
redis.call('ZREM', WILLS, sid)
redis.call('HDEL', S, 'will', 'delay')
if redis.call('HEXISTS', S, 'ended') == 1 then drop() end
return 1`)

/** Forgets a session whose time is over, and whose will is published. Answers what is left over. */
export const expireScript = redisScript(`${prelude}
local due = redis.call('ZSCORE', EXPIRY, sid)
if not due or tonumber(due) > now or redis.call('ZSCORE', WILLS, sid) then return {} end
local left = leftOver()
drop()
return left`)

/** Forgets a session whatever its state. */
export const dropScript = redisScript(`${prelude}
local owner = redis.call('HGET', S, 'owner')
if owner then word('O', sid .. '\\n') end
drop()
return 1`)

/**
 * More ARGV: connection, most subscriptions, then filter, options, whether messages are queued for it. Answers for each
 * whether it is new (1), was there (0) or has no room (-1); nothing when the session is another connection's.
 */
export const subscribeScript = redisScript(`${prelude}
if redis.call('HGET', S, 'owner') ~= ARGV[7] then return {} end
local answers, isChanged = {}, false
for n = 9, #ARGV, 3 do
  local filter, options, isQueued = ARGV[n], ARGV[n + 1], ARGV[n + 2] == '1'
  local before = redis.call('HGET', SUBS, filter)
  if not before and redis.call('HLEN', SUBS) >= tonumber(ARGV[8]) then answers[#answers + 1] = -1
  else
    answers[#answers + 1] = before and 0 or 1
    redis.call('HSET', SUBS, filter, options)
    local field = sid .. ' ' .. filter
    if isQueued then
      if redis.call('HGET', TSUBS, field) ~= options then
        redis.call('HSET', TSUBS, field, options)
        changed('+', filter, options)
        isChanged = true
      end
    elseif redis.call('HDEL', TSUBS, field) == 1 then
      changed('-', filter, '')
      isChanged = true
    end
  end
end
if isChanged then word('C', tenant) end
return answers`)

/** More ARGV: connection, filters. Answers for each whether it was there. */
export const unsubscribeScript = redisScript(`${prelude}
if redis.call('HGET', S, 'owner') ~= ARGV[7] then return {} end
local answers, isChanged = {}, false
for n = 8, #ARGV do
  answers[#answers + 1] = redis.call('HDEL', SUBS, ARGV[n])
  if redis.call('HDEL', TSUBS, sid .. ' ' .. ARGV[n]) == 1 then
    changed('-', ARGV[n], '')
    isChanged = true
  end
end
if isChanged then word('C', tenant) end
return answers`)

/** Keys of the two scripts that every message takes, which need no more. */
export const queueKeysOf = ({ sessionId, tenantId }: SessionAddress): string[] => [
  redisKeys.mqttSession(sessionId),
  redisKeys.mqttSessionPart(sessionId, 'queue'),
  redisKeys.mqttSessionPart(sessionId, 'released'),
  redisKeys.spaceUsage(tenantId),
]

/**
 * ARGV: connection, number after which to read, how many. Answers for each message its number, bytes, options and whether
 * the client has it; 'gone' when the session is another connection's.
 */
export const readScript = redisScript(`
local S, QUEUE, RELEASED = KEYS[1], KEYS[2], KEYS[3]
local state = redis.call('HMGET', S, 'owner', 'sent')
if state[1] ~= ARGV[1] then return {'gone'} end
local answer = {}
local last = 0
for _, entry in ipairs(redis.call('XRANGE', QUEUE, '(' .. ARGV[2] .. '-0', '+', 'COUNT', ARGV[3])) do
  local number = string.match(entry[1], '^%d+')
  last = tonumber(number)
  answer[#answer + 1] = number
  answer[#answer + 1] = entry[2][2]
  answer[#answer + 1] = entry[2][4]
  answer[#answer + 1] = redis.call('SISMEMBER', RELEASED, number)
end
if last > tonumber(state[2] or '0') then redis.call('HSET', S, 'sent', last) end
return answer`)

/** ARGV: numbers of messages that are through. */
export const acknowledgeScript = redisScript(`
local S, QUEUE, RELEASED, USAGE = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local freed = 0
for n = 1, #ARGV do
  local id = ARGV[n] .. '-0'
  local found = redis.call('XRANGE', QUEUE, id, id)
  if found[1] then
    freed = freed + #found[1][2][2]
    redis.call('XDEL', QUEUE, id)
  end
end
redis.call('SREM', RELEASED, unpack(ARGV))
if freed > 0 then
  redis.call('HINCRBY', S, 'bytes', -freed)
  redis.call('HINCRBY', USAGE, 'queued', -freed)
end
return freed`)

/** Numbers of one queue that are not through lie closer together than that: the identifiers of packets follow them. */
export const widestQueue = 32_000

/**
 * Queues one message for many sessions, and tells the nodes.
 * KEYS: version, usage, received identifiers of the publisher's session, then hash and queue of each session.
 * ARGV: version that the list is from (nothing: any), channel, node, words for all nodes, message, most messages and bytes of a
 * queue, most bytes of the tenant, identifier of the publish or nothing; then for each session: id, number of its shared group
 * or 0, quality of service, options. Of a group one session gets it: the first that is connected, else the first.
 * Sessions that are connected to this node count as having been sent it: they get it from memory, in most cases.
 * Answers `stale` when the list is out of date, `again` for a publish that came before, `full` when the tenant has no room, else
 * `ok`, how many queues were full, the sessions of this node that have it (place in the list and number in the queue), and those
 * that get it at once with their options.
 */
export const enqueueScript = redisScript(`
local VERSION, USAGE, RECEIVED = KEYS[1], KEYS[2], KEYS[3]
local channel, node, frames, message = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local maxMessages, maxBytes = tonumber(ARGV[6]), tonumber(ARGV[7])
if ARGV[1] ~= '' and (redis.call('GET', VERSION) or '0') ~= ARGV[1] then return {'stale'} end
if ARGV[9] ~= '' and redis.call('SISMEMBER', RECEIVED, ARGV[9]) == 1 then return {'again'} end
local function frame(kind, body)
  return struct.pack('>I4', #body + 1) .. kind .. body
end
local chosen, later, done = {}, {}, {}
local queued = 0
for i = 1, (#ARGV - 9) / 4 do
  local at, S = 6 + i * 4, KEYS[2 + i * 2]
  local group, qos = ARGV[at + 1], ARGV[at + 2]
  local isPicked = group == '0'
  if not isPicked and not done[group] then
    if redis.call('HEXISTS', S, 'owner') == 1 then
      isPicked = true
      done[group] = true
      later[group] = nil
    elseif qos ~= '0' and not later[group] and redis.call('EXISTS', S) == 1 and redis.call('HEXISTS', S, 'ended') == 0 then
      later[group] = i
    end
  end
  if isPicked then
    chosen[#chosen + 1] = i
    if qos ~= '0' then queued = queued + 1 end
  end
end
for _, i in pairs(later) do
  chosen[#chosen + 1] = i
  queued = queued + 1
end
if queued > 0 then
  local used = tonumber(redis.call('HGET', USAGE, 'queued') or '0')
  if used + #message * queued > tonumber(ARGV[8]) then return {'full'} end
end
local full, added, here, wake, direct = 0, 0, {}, {}, {}
for _, i in ipairs(chosen) do
  local at, S, QUEUE = 6 + i * 4, KEYS[2 + i * 2], KEYS[3 + i * 2]
  local sid, qos, options = ARGV[at], ARGV[at + 2], ARGV[at + 3]
  if qos == '0' then
    direct[#direct + 1] = sid
    direct[#direct + 1] = options
    frames = frames .. frame('D', sid .. '\\n' .. options .. '\\n' .. message)
  elseif redis.call('EXISTS', S) == 1 and redis.call('HEXISTS', S, 'ended') == 0 then
    local state = redis.call('HMGET', S, 'seq', 'bytes', 'node')
    local first = redis.call('XRANGE', QUEUE, '-', '+', 'COUNT', 1)[1]
    local width = first and tonumber(state[1]) - tonumber(string.match(first[1], '^%d+')) or 0
    if redis.call('XLEN', QUEUE) >= maxMessages or tonumber(state[2] or '0') + #message > maxBytes
      or width >= ${widestQueue} then full = full + 1
    else
      local number = redis.call('HINCRBY', S, 'seq', 1)
      redis.call('XADD', QUEUE, number .. '-0', 'm', message, 'o', options)
      redis.call('HINCRBY', S, 'bytes', #message)
      added = added + #message
      if state[3] == node then
        redis.call('HSET', S, 'sent', number)
        here[#here + 1] = i
        here[#here + 1] = number
      elseif state[3] then wake[#wake + 1] = sid end
    end
  end
end
if added > 0 then redis.call('HINCRBY', USAGE, 'queued', added) end
if ARGV[9] ~= '' then redis.call('SADD', RECEIVED, ARGV[9]) end
if #wake > 0 then frames = frames .. frame('W', table.concat(wake, '\\n')) end
if frames ~= '' then redis.call('PUBLISH', channel, node .. frames) end
return {'ok', full, here, direct}`)
