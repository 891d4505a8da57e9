import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'

export type WatchRegistry = Part & {
  /** Says that somebody here watches `tenantId/entityId` or `tenantId/chain/ruleChainId`. */
  add(member: string): Promise<void>
  /** Others may watch it too, so the entry is left to expire. */
  drop(member: string): void
  /** Says everything again, after Redis may have forgotten it. */
  announceAll(): Promise<void>
}

const watchMs = 30_000
const refreshMs = 10_000

/** Tells publishers what is watched; entries of a process that died expire by themselves. */
export const createWatchRegistry = (options: { redis(): Redis; logger: Logger; now: () => number }): WatchRegistry => {
  const members = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let saying: { list: string[]; said: Promise<void> } | null = null

  const write = async (list: readonly string[]) => {
    if (list.length === 0) return
    const until = options.now() + watchMs
    const pipeline = options.redis().pipeline()
    for (const member of list) pipeline.zadd(redisKeys.watched, until, member)
    await pipeline.exec()
  }

  /** A page of entities is watched member by member, and said in one go. */
  const say = (member: string): Promise<void> => {
    if (saying) {
      saying.list.push(member)
      return saying.said
    }
    const list = [member]
    const said = Promise.resolve().then(async () => {
      saying = null
      await write(list)
      const pipeline = options.redis().pipeline()
      for (const one of list) pipeline.publish(redisChannels.watching, one)
      await pipeline.exec()
    })
    saying = { list, said }
    return said
  }

  const refresh = async () => {
    if (options.redis().status !== 'ready') return
    await write([...members])
    await options.redis().zremrangebyscore(redisKeys.watched, '-inf', options.now() - watchMs)
  }

  return {
    name: 'watch registry',
    start: async () => {
      timer = setInterval(() => {
        refresh().catch((error: unknown) => options.logger.warn(errorFields(error), 'watched entities not announced'))
      }, refreshMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      timer = null
    },
    add: async (member) => {
      members.add(member)
      if (options.redis().status !== 'ready') return
      await say(member)
    },
    drop: (member) => {
      members.delete(member)
    },
    announceAll: async () => {
      await write([...members])
      for (const member of members) await options.redis().publish(redisChannels.watching, member)
    },
  }
}
