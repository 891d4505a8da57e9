import { AppError } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { createGroupCommit } from './group-commit.ts'

const setUp = (options: { maxItems?: number; maxInFlight?: number; isPoison?: (item: number) => boolean } = {}) => {
  const writes: { items: readonly number[]; succeed(): void; fail(error: Error): void }[] = []
  const commits = createGroupCommit<number>({
    maxItems: options.maxItems ?? 100,
    maxInFlight: options.maxInFlight ?? 1,
    pause: () => Promise.resolve(),
    write: (items) =>
      new Promise((resolve, reject) => {
        writes.push({ items, succeed: resolve, fail: reject })
        if (!options.isPoison) return
        if (items.some(options.isPoison)) reject(new AppError('ARGUMENT_INVALID', 'poison'))
        else resolve()
      }),
  })
  return { commits, writes }
}

const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

test('what arrives during a commit is the next group, and each caller waits for its own', async () => {
  const { commits, writes } = setUp()
  const first = commits.add([1])
  const others = [commits.add([2]), commits.add([3, 4])]
  expect(writes.map(({ items }) => items)).toEqual([[1]])
  writes[0]?.succeed()
  await first
  await settle()
  expect(writes.map(({ items }) => items)).toEqual([[1], [2, 3, 4]])
  writes[1]?.succeed()
  await Promise.all(others)
  await settle()
  expect(commits.pendingItems()).toBe(0)
})

test('keeps to the number of commits in flight and to the size of a group', async () => {
  const { commits, writes } = setUp({ maxItems: 2, maxInFlight: 2 })
  const all = [1, 2, 3, 4, 5].map((n) => commits.add([n]))
  expect(writes).toHaveLength(2)
  writes[0]?.succeed()
  await settle()
  expect(writes[2]?.items).toEqual([3, 4])
  for (const write of [1, 2, 3]) {
    writes[write]?.succeed()
    await settle()
  }
  await Promise.all(all)
})

test('a poisonous item fails its own caller alone', async () => {
  const { commits } = setUp({ isPoison: (item) => item === 13 })
  const results = await Promise.allSettled([commits.add([1]), commits.add([2]), commits.add([13]), commits.add([4])])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
})

test('an environment error is repeated until it is over, and nobody is failed by it', async () => {
  const { commits, writes } = setUp()
  const added = commits.add([1])
  for (let attempt = 0; attempt < 3; attempt++) {
    writes[attempt]?.fail(new AppError('DATABASE_UNAVAILABLE'))
    await settle()
  }
  expect(writes).toHaveLength(4)
  writes[3]?.succeed()
  await expect(added).resolves.toBeUndefined()
})

test('an abort gives up what waits', async () => {
  const { commits, writes } = setUp()
  const first = commits.add([1])
  const second = commits.add([2])
  commits.abort()
  await expect(second).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  writes[0]?.fail(new AppError('DATABASE_UNAVAILABLE'))
  await expect(first).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  await expect(commits.add([3])).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
})
