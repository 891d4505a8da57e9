import { defaultQueueName } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'
import { fallbackSettings, type QueueSettings, toSettings } from './queue-settings.ts'

/**
 * The queues there are. Only what stands in the database is ever opened, so that a name in a message or a node cannot make
 * a queue.
 */
export type QueueDirectory = {
  /** The queue of this name that serves the tenant: its own when its rule engine is isolated, else the system's. Main for a name that nobody knows. */
  find(tenantId: string, queueName: string): QueueSettings
  /** By key; null when the queue is deleted. */
  ofKey(key: string): QueueSettings | null
  /** Main of the system. */
  main(): QueueSettings
}

/** Pub/sub may lose an invalidation; this bounds how long old settings can live on. */
const maxAgeMs = 60_000
const retryMs = 1_000

/** Knows all queues of the installation: a few of the system, and those of isolated tenants. */
export const createQueueDirectory = (options: {
  database: Pick<Database, 'queues'>
  channels: Channels
  /** Most partitions of one queue, whatever its settings say. */
  mostPartitions: number
  logger: Logger
}): QueueDirectory & Part => {
  const { database, channels, mostPartitions, logger } = options
  let system = new Map<string, QueueSettings>()
  let tenants = new Map<string, Map<string, QueueSettings>>()
  let byKey = new Map<string, QueueSettings>()
  let timer: NodeJS.Timeout | null = null
  let loading: Promise<void> | null = null
  let isStale = false
  let isStopped = false

  const load = async (): Promise<void> => {
    const rows = await database.queues.all()
    const nextSystem: typeof system = new Map()
    const nextTenants: typeof tenants = new Map()
    const nextByKey: typeof byKey = new Map()
    for (const row of rows) {
      const settings = toSettings(row, mostPartitions)
      if (!settings) {
        logger.warn({ queue: row.name, id: row.id.id }, 'a queue has settings that are not understood')
        continue
      }
      nextByKey.set(settings.key, settings)
      if (settings.tenantId === null) {
        nextSystem.set(settings.name, settings)
        continue
      }
      const own = nextTenants.get(settings.tenantId) ?? new Map<string, QueueSettings>()
      nextTenants.set(settings.tenantId, own.set(settings.name, settings))
    }
    system = nextSystem
    tenants = nextTenants
    byKey = nextByKey
  }

  const later = (delayMs: number) => {
    if (timer) clearTimeout(timer)
    if (!isStopped) timer = setTimeout(refresh, delayMs)
  }

  /** One look at a time; what changes meanwhile is looked at again. */
  const refresh = (): void => {
    isStale = true
    loading ??= (async () => {
      try {
        while (isStale) {
          isStale = false
          await load()
        }
        later(maxAgeMs)
      } catch (error) {
        logger.warn(errorFields(error), 'the settings of queues were not read')
        later(retryMs)
      } finally {
        loading = null
      }
    })()
  }

  channels.subscribe(redisChannels.invalidation, (text) => {
    const event = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (event?.kind === 'queue' || event?.kind === 'tenant-profile' || event?.kind === 'tenant') refresh()
  })
  channels.onGap(refresh)

  const main = () => system.get(defaultQueueName) ?? fallbackSettings(defaultQueueName, mostPartitions)

  return {
    name: 'queue directory',
    main,
    find: (tenantId, queueName) => {
      const own = tenants.get(tenantId)
      return own?.get(queueName) ?? own?.get(defaultQueueName) ?? system.get(queueName) ?? main()
    },
    ofKey: (key) => byKey.get(key) ?? null,
    start: async () => {
      await load()
      later(maxAgeMs)
    },
    stop: async () => {
      isStopped = true
      if (timer) clearTimeout(timer)
      await loading
    },
  }
}
