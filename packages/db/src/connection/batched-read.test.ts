import pg from 'pg'
import { expect, test } from 'vitest'
import { batchedRead } from './batched-read.ts'

const reader = (find: (key: string) => string = (key) => `found ${key}`) => {
  const batches: string[][] = []
  const goes: (() => void)[] = []
  const read = batchedRead(async (keys: readonly string[]) => {
    batches.push([...keys])
    await new Promise<void>((resolve) => goes.push(resolve))
    return keys.map(find)
  })
  const go = async () => {
    goes.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { read, batches, go }
}

test('a lone read starts at once, and those that come while two are under way go together', async () => {
  const { read, batches, go } = reader()
  const answers = Promise.all(['a', 'b', 'c', 'd', 'e'].map(read))
  expect(batches).toEqual([['a'], ['b']])
  await go()
  expect(batches).toEqual([['a'], ['b'], ['c', 'd', 'e']])
  await go()
  await go()
  expect(await answers).toEqual(['a', 'b', 'c', 'd', 'e'].map((key) => `found ${key}`))
})

test('a batch has its limit', async () => {
  const { read, batches, go } = reader()
  const keys = Array.from({ length: 152 }, (_, n) => String(n))
  const answers = Promise.all(keys.map(read))
  for (let n = 0; n < 4; n++) await go()
  expect(batches.map((batch) => batch.length)).toEqual([1, 1, 100, 50])
  expect(await answers).toHaveLength(keys.length)
})

test('a key that cannot be read fails alone', async () => {
  const refused = () => {
    const error = new pg.DatabaseError('invalid input', 1, 'error')
    error.code = '22P02'
    return error
  }
  const read = batchedRead(async (keys: readonly string[]) => {
    await new Promise((resolve) => setImmediate(resolve))
    if (keys.includes('bad')) throw refused()
    return keys
  })
  const answers = await Promise.allSettled(['a', 'b', 'c', 'bad', 'd'].map(read))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
})

test('a database that is away fails all of them, once', async () => {
  let reads = 0
  const read = batchedRead(async (_keys: readonly string[]): Promise<string[]> => {
    reads++
    await new Promise((resolve) => setImmediate(resolve))
    throw new Error('connection lost')
  })
  const answers = await Promise.allSettled(['a', 'b', 'c', 'd'].map(read))
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true)
  expect(reads).toBe(3)
})
