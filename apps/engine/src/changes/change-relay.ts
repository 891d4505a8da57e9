import type { ChangedKind, Changes } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { type Channels, parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels } from '../redis-keys.ts'

/** Attributes or relations of these entities changed; null: nobody knows any more of which. */
const wordSchema = z.object({
  from: z.string(),
  kind: z.enum(['attributes', 'relations']),
  entityIds: z.array(z.string()).nullable(),
})
type Word = z.infer<typeof wordSchema>

export type ChangeRelay = Part & {
  /** Called for changes of this process before the call that made them resolves, and a moment later for those of others. */
  onChange(listener: (kind: ChangedKind, entityIds: readonly string[] | null) => void): void
}

const kinds: readonly ChangedKind[] = ['attributes', 'relations']

/** Tells all processes which attributes and relations this one changed, so that none remembers what is not so any more. */
export const createChangeRelay = (options: {
  changes: Changes
  channels: Channels
  openRedis: OpenRedis
  processId: string
  logger: Logger
}): ChangeRelay => {
  const { changes, channels, processId, logger } = options
  const listeners: Parameters<ChangeRelay['onChange']>[0][] = []
  let redis: Redis | null = null
  /** Something was not told while Redis was away; the others may hear all the same, and miss it without knowing. */
  let isBehind = false

  const tellHere = (kind: ChangedKind, entityIds: readonly string[] | null) => {
    for (const listener of listeners) listener(kind, entityIds)
  }

  const publish = (connection: Redis, word: Omit<Word, 'from'>): void => {
    connection.publish(redisChannels.changed, JSON.stringify({ from: processId, ...word })).catch((error: unknown) => {
      isBehind = true
      logger.debug(errorFields(error), 'a change was not announced')
    })
  }

  changes.onChange((kind, entityIds) => {
    tellHere(kind, entityIds)
    if (redis?.status === 'ready') publish(redis, { kind, entityIds: [...entityIds] })
    else isBehind = redis !== null
  })

  channels.subscribe(redisChannels.changed, (text) => {
    const word = parseChannelMessage(text, wordSchema, logger, redisChannels.changed)
    if (word && word.from !== processId) tellHere(word.kind, word.entityIds)
  })
  channels.onGap(() => {
    for (const kind of kinds) tellHere(kind, null)
  })

  return {
    name: 'change relay',
    onChange: (listener) => void listeners.push(listener),
    start: async () => {
      const connection = options.openRedis('commands')
      connection.on('ready', () => {
        if (!isBehind) return
        isBehind = false
        for (const kind of kinds) publish(connection, { kind, entityIds: null })
      })
      await connection.connect()
      redis = connection
    },
    stop: async () => {
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}
