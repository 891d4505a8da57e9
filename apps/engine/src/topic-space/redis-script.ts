import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

export type ScriptArgument = string | number | Buffer

/** What Redis answers to a script: texts come as bytes. */
export type ScriptAnswer = Buffer | number | null | ScriptAnswer[]

/** A Lua script that is sent once and called by its hash from then on. */
export type RedisScript = (
  redis: Redis,
  keys: readonly string[],
  args: readonly ScriptArgument[],
) => Promise<ScriptAnswer>

export const redisScript = (lua: string): RedisScript => {
  const hash = createHash('sha1').update(lua).digest('hex')
  return async (redis, keys, args) => {
    try {
      return answerOf(await redis.callBuffer('EVALSHA', hash, keys.length, ...keys, ...args))
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return answerOf(await redis.callBuffer('EVAL', lua, keys.length, ...keys, ...args))
    }
  }
}

const answerOf = (value: unknown): ScriptAnswer => {
  if (Array.isArray(value)) return value.map(answerOf)
  if (Buffer.isBuffer(value) || typeof value === 'number') return value
  return null
}

export const textOf = (answer: ScriptAnswer | undefined): string => (Buffer.isBuffer(answer) ? answer.toString() : '')
export const numberOfAnswer = (answer: ScriptAnswer | undefined): number =>
  typeof answer === 'number' ? answer : Number(textOf(answer))
export const listOf = (answer: ScriptAnswer | undefined): ScriptAnswer[] => (Array.isArray(answer) ? answer : [])
