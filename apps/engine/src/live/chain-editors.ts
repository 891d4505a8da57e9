import { randomUUID } from 'node:crypto'
import { AppError, type ChainEditor, type LiveSubscribe, type User } from '@thingwire/contracts'
import type { Database, Principal } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { EntityAccess } from '../access/entity-access.ts'
import { missing } from '../access/entity-access.ts'
import type { Channels } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import type { Change } from './change.ts'
import type { FeedMember } from './feed.ts'

export type EditorsRequest = Extract<LiveSubscribe, { kind: 'rule-chain-editors' }>
type EditorsChange = Extract<Change, { kind: 'rule-chain-editors' }>

/** Who has a rule chain open, over all processes: whoever is subscribed is there. */
export type ChainEditors = Part & {
  open(caller: Principal, request: EditorsRequest, member: FeedMember): Promise<{ state: Change; release(): void }>
  /** Throws when the caller may not see it (any more). */
  require(caller: Principal, ruleChainId: string): Promise<{ tenantId: string }>
  /** A chain was saved, published or deleted somewhere. */
  changed(ruleChainId: string): void
  /** What was said may have been missed. */
  resync(): void
}

/** An entry that is not said again for this long belongs to a process that died. */
const entryMs = 20_000
const refreshMs = 5_000
/** Several changes at once are told as one. */
const settleMs = 50
/** Of one chain. More people than that are no longer editing together. */
const maxEditors = 200

const entrySchema = z.object({ userId: z.guid(), name: z.string(), since: z.number(), until: z.number() })
type Entry = Omit<z.infer<typeof entrySchema>, 'until'>

type Member = { entry: Entry; feed: FeedMember; told: string }
type Room = { tenantId: string; members: Map<string, Member>; settling: NodeJS.Timeout | null }
type RoomState = { people: Omit<ChainEditor, 'isSelf'>[]; draft: number | null; version: number }

export const createChainEditors = (options: {
  database: Pick<Database, 'ruleChainDrafts' | 'users'>
  access: Pick<EntityAccess, 'require'>
  redis(): Redis
  channels: Channels
  logger: Logger
  now: () => number
}): ChainEditors => {
  const { database, redis, logger, now } = options
  const rooms = new Map<string, Room>()
  let timer: NodeJS.Timeout | null = null

  const fenced = (work: Promise<unknown>) => {
    work.catch((error: unknown) => logger.warn(errorFields(error), 'who edits a rule chain is not up to date'))
  }
  const announce = (ruleChainId: string) => redis().publish(redisChannels.chainEditors, ruleChainId)

  const say = async (ruleChainId: string, entries: Iterable<[key: string, entry: Entry]>) => {
    const until = now() + entryMs
    const pipeline = redis().pipeline()
    const key = redisKeys.chainEditors(ruleChainId)
    for (const [field, entry] of entries) pipeline.hset(key, field, JSON.stringify({ ...entry, until }))
    pipeline.pexpire(key, entryMs)
    await pipeline.exec()
  }

  const read = async (ruleChainId: string, tenantId: string): Promise<RoomState | null> => {
    const key = redisKeys.chainEditors(ruleChainId)
    const [entries, state] = await Promise.all([
      redis().hgetall(key),
      database.ruleChainDrafts.state(tenantId, ruleChainId),
    ])
    if (!state) return null
    const people: RoomState['people'] = []
    const gone: string[] = []
    for (const [field, text] of Object.entries(entries)) {
      const entry = entryOf(text)
      if (entry && entry.until > now())
        people.push({ key: field, userId: entry.userId, name: entry.name, since: entry.since })
      else gone.push(field)
    }
    if (gone.length > 0) await redis().hdel(key, ...gone)
    people.sort((a, b) => a.since - b.since || (a.key < b.key ? -1 : 1))
    return { people, ...state }
  }

  const tell = async (ruleChainId: string, room: Room) => {
    const state = await read(ruleChainId, room.tenantId)
    if (!state) return
    const told = JSON.stringify(state)
    for (const [key, member] of room.members) {
      if (member.told === told) continue
      member.told = told
      member.feed.deliver(asSeenBy(state, key))
    }
  }

  const changed = (ruleChainId: string) => {
    const room = rooms.get(ruleChainId)
    if (!room) return
    room.settling ??= setTimeout(() => {
      room.settling = null
      fenced(tell(ruleChainId, room))
    }, settleMs)
  }

  const refresh = async () => {
    if (redis().status !== 'ready') return
    for (const [ruleChainId, { members }] of rooms) {
      await say(
        ruleChainId,
        [...members].map(([key, { entry }]): [string, Entry] => [key, entry]),
      )
      changed(ruleChainId)
    }
  }

  const enter = (ruleChainId: string, tenantId: string, key: string, member: Member) => {
    const room = rooms.get(ruleChainId) ?? { tenantId, members: new Map(), settling: null }
    rooms.set(ruleChainId, room)
    room.members.set(key, member)
  }

  const leave = async (ruleChainId: string, key: string) => {
    const room = rooms.get(ruleChainId)
    room?.members.delete(key)
    if (room?.members.size === 0) {
      if (room.settling) clearTimeout(room.settling)
      rooms.delete(ruleChainId)
    }
    // While Redis is away nothing can be said; the entry goes by itself.
    if (redis().status !== 'ready') return
    const pipeline = redis().pipeline().hdel(redisKeys.chainEditors(ruleChainId), key)
    await pipeline.publish(redisChannels.chainEditors, ruleChainId).exec()
  }

  const require: ChainEditors['require'] = async (caller, ruleChainId) => {
    if (caller.authority !== 'TENANT_ADMIN') throw new AppError('PERMISSION_DENIED')
    return options.access.require(caller, { entityType: 'RULE_CHAIN', id: ruleChainId }, 'WRITE')
  }

  options.channels.subscribe(redisChannels.chainEditors, changed)

  return {
    name: 'editors of rule chains',
    start: async () => {
      timer = setInterval(() => fenced(refresh()), refreshMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      timer = null
      for (const { settling } of rooms.values()) if (settling) clearTimeout(settling)
      rooms.clear()
    },
    require,
    changed,
    resync: () => fenced(refresh()),
    open: async (caller, { ruleChainId: given }, feed) => {
      const ruleChainId = given.toLowerCase()
      const { tenantId } = await require(caller, ruleChainId)
      const account = await database.users.findAccountById(caller.userId)
      if (!account) throw new AppError('PERMISSION_DENIED')
      if ((await redis().hlen(redisKeys.chainEditors(ruleChainId))) >= maxEditors)
        throw new AppError('RATE_LIMITED', `At most ${maxEditors} editors of a rule chain at a time`)
      const key = randomUUID()
      const entry: Entry = { userId: caller.userId, name: titleOf(account.user), since: now() }
      await say(ruleChainId, [[key, entry]])
      try {
        const state = await read(ruleChainId, tenantId)
        if (!state) throw missing('RULE_CHAIN', ruleChainId)
        enter(ruleChainId, tenantId, key, { entry, feed, told: JSON.stringify(state) })
        await announce(ruleChainId)
        // What came between the read and now is found by this.
        changed(ruleChainId)
        return { state: asSeenBy(state, key), release: () => fenced(leave(ruleChainId, key)) }
      } catch (error) {
        fenced(leave(ruleChainId, key))
        throw error
      }
    },
  }
}

const asSeenBy = ({ people, draft, version }: RoomState, ownKey: string): EditorsChange => ({
  kind: 'rule-chain-editors',
  people: people.map((one) => ({ ...one, isSelf: one.key === ownKey })),
  draft,
  version,
})

/** An entry of a newer version of the platform that is not understood is nobody's. */
const entryOf = (text: string): z.infer<typeof entrySchema> | null => {
  try {
    const parsed = entrySchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const titleOf = ({ firstName, lastName, email }: User): string =>
  [firstName, lastName].filter((part) => part?.trim()).join(' ') || email
