import { randomUUID } from 'node:crypto'
import { AppError, type EditedId, type LiveSubscribe, type OpenEditor, type User } from '@thingwire/contracts'
import type { Database, EditState, Principal } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { EntityAccess } from '../access/entity-access.ts'
import { missing } from '../access/entity-access.ts'
import type { Channels } from '../channels.ts'
import { editedText } from '../drafts/announce-editors.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import type { Change } from './change.ts'
import type { FeedMember } from './feed.ts'

export type EditorsRequest = Extract<LiveSubscribe, { kind: 'editors' }>
type EditorsChange = Extract<Change, { kind: 'editors' }>

/** Who has a rule chain or a dashboard open, over all processes: whoever is subscribed is there. */
export type Editors = Part & {
  open(caller: Principal, request: EditorsRequest, member: FeedMember): Promise<{ state: Change; release(): void }>
  /** Throws when the caller may not see it (any more). */
  require(caller: Principal, edited: EditedId): Promise<{ tenantId: string }>
  /** Something was saved, published or deleted somewhere. */
  changed(edited: EditedId): void
  /** What was said may have been missed. */
  resync(): void
}

/** An entry that is not said again for this long belongs to a process that died. */
const entryMs = 20_000
const refreshMs = 5_000
/** Several changes at once are told as one. */
const settleMs = 50
/** Of one document. More people than that are no longer editing together. */
const maxEditors = 200

const entrySchema = z.object({ userId: z.guid(), name: z.string(), since: z.number(), until: z.number() })
type Entry = Omit<z.infer<typeof entrySchema>, 'until'>

type Member = { entry: Entry; feed: FeedMember; told: string }
type Room = { edited: EditedId; tenantId: string; members: Map<string, Member>; settling: NodeJS.Timeout | null }
type RoomState = EditState & { people: Omit<OpenEditor, 'isSelf'>[] }

export const createEditors = (options: {
  database: Pick<Database, 'ruleChainDrafts' | 'dashboardDrafts' | 'users'>
  access: Pick<EntityAccess, 'require'>
  redis(): Redis
  channels: Channels
  logger: Logger
  now: () => number
}): Editors => {
  const { database, redis, logger, now } = options
  const rooms = new Map<string, Room>()
  let timer: NodeJS.Timeout | null = null

  const fenced = (work: Promise<unknown>) => {
    work.catch((error: unknown) => logger.warn(errorFields(error), 'who edits is not up to date'))
  }
  const announce = (place: string) => redis().publish(redisChannels.editors, place)
  const drafts = { RULE_CHAIN: database.ruleChainDrafts, DASHBOARD: database.dashboardDrafts }

  const say = async (place: string, entries: Iterable<[key: string, entry: Entry]>) => {
    const until = now() + entryMs
    const pipeline = redis().pipeline()
    const key = redisKeys.editors(place)
    for (const [field, entry] of entries) pipeline.hset(key, field, JSON.stringify({ ...entry, until }))
    pipeline.pexpire(key, entryMs)
    await pipeline.exec()
  }

  const read = async (edited: EditedId, tenantId: string): Promise<RoomState | null> => {
    const key = redisKeys.editors(editedText(edited))
    const [entries, state] = await Promise.all([
      redis().hgetall(key),
      drafts[edited.entityType].state(tenantId, edited.id),
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

  const tell = async (room: Room) => {
    const state = await read(room.edited, room.tenantId)
    if (!state) return
    const told = JSON.stringify(state)
    for (const [key, member] of room.members) {
      if (member.told === told) continue
      member.told = told
      member.feed.deliver(asSeenBy(state, key))
    }
  }

  const changed = (place: string) => {
    const room = rooms.get(place)
    if (!room) return
    room.settling ??= setTimeout(() => {
      room.settling = null
      fenced(tell(room))
    }, settleMs)
  }

  const refresh = async () => {
    if (redis().status !== 'ready') return
    for (const [place, { members }] of rooms) {
      await say(
        place,
        [...members].map(([key, { entry }]): [string, Entry] => [key, entry]),
      )
      changed(place)
    }
  }

  const enter = (edited: EditedId, tenantId: string, key: string, member: Member) => {
    const place = editedText(edited)
    const room = rooms.get(place) ?? { edited, tenantId, members: new Map(), settling: null }
    rooms.set(place, room)
    room.members.set(key, member)
  }

  const leave = async (place: string, key: string) => {
    const room = rooms.get(place)
    room?.members.delete(key)
    if (room?.members.size === 0) {
      if (room.settling) clearTimeout(room.settling)
      rooms.delete(place)
    }
    // While Redis is away nothing can be said; the entry goes by itself.
    if (redis().status !== 'ready') return
    const pipeline = redis().pipeline().hdel(redisKeys.editors(place), key)
    await pipeline.publish(redisChannels.editors, place).exec()
  }

  const require: Editors['require'] = async (caller, edited) => {
    if (caller.authority !== 'TENANT_ADMIN') throw new AppError('PERMISSION_DENIED')
    return options.access.require(caller, edited, 'WRITE')
  }

  options.channels.subscribe(redisChannels.editors, changed)

  return {
    name: 'open editors',
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
    changed: (edited) => changed(editedText(edited)),
    resync: () => fenced(refresh()),
    open: async (caller, { entityId }, feed) => {
      const edited = { ...entityId, id: entityId.id.toLowerCase() }
      const place = editedText(edited)
      const { tenantId } = await require(caller, edited)
      const account = await database.users.findAccountById(caller.userId)
      if (!account) throw new AppError('PERMISSION_DENIED')
      if ((await redis().hlen(redisKeys.editors(place))) >= maxEditors)
        throw new AppError('RATE_LIMITED', `At most ${maxEditors} may have it open at a time`)
      const key = randomUUID()
      const entry: Entry = { userId: caller.userId, name: titleOf(account.user), since: now() }
      await say(place, [[key, entry]])
      try {
        const state = await read(edited, tenantId)
        if (!state) throw missing(edited.entityType, edited.id)
        enter(edited, tenantId, key, { entry, feed, told: JSON.stringify(state) })
        await announce(place)
        // What came between the read and now is found by this.
        changed(place)
        return { state: asSeenBy(state, key), release: () => fenced(leave(place, key)) }
      } catch (error) {
        fenced(leave(place, key))
        throw error
      }
    },
  }
}

const asSeenBy = ({ people, ...state }: RoomState, ownKey: string): EditorsChange => ({
  kind: 'editors',
  people: people.map((one) => ({ ...one, isSelf: one.key === ownKey })),
  ...state,
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
