import { expect, it } from 'vitest'
import { createReadCache } from './read-cache.ts'

type Value = { n: number }
const keeping = (cache = createReadCache<Value>()) => {
  const keep = (id: string, n: number, linked: string[] = []) =>
    cache.reading(
      async () => ({ n }),
      (found, remember) => remember('t', id, found, { size: 10, linked }),
    )
  return { cache, keep, get: (id: string) => cache.get('t', id)?.n }
}

it('answers the tenant that something was read for, and no other', async () => {
  const { cache, keep, get } = keeping()
  await keep('a', 1)
  expect([get('a'), cache.get('other', 'a'), get('b')]).toEqual([1, undefined, undefined])
})

it('forgets an entity in whatever letters its id comes, and with it those that it is linked to', async () => {
  const { cache, keep, get } = keeping()
  await keep('a', 1, ['c'])
  await keep('b', 2, ['d'])
  await keep('c', 3)
  cache.forget('C')
  expect(['a', 'b', 'c'].map(get)).toEqual([undefined, 2, undefined])
})

it('does not forget by a link that a later value has no more', async () => {
  const { cache, keep, get } = keeping()
  await keep('a', 1, ['c'])
  await keep('a', 2, ['d'])
  cache.forget('c')
  expect(get('a')).toBe(2)
  cache.forget('d')
  expect(get('a')).toBeUndefined()
})

it.each<[string, (cache: ReturnType<typeof createReadCache<Value>>) => void]>([
  ['it', (cache) => cache.forget('a')],
  ['what it is linked to', (cache) => cache.forget('c')],
  ['an unknown set of entities', (cache) => cache.forgetWhere(() => false)],
  ['everything', (cache) => cache.forgetAll()],
])('does not keep what was read while %s changed', async (_, change) => {
  const { cache, get } = keeping()
  await cache.reading(
    async () => change(cache),
    (_found, remember) => remember('t', 'a', { n: 1 }, { size: 1, linked: ['c'] }),
  )
  expect(get('a')).toBeUndefined()
})

it('keeps what was read while something else changed', async () => {
  const { cache, get } = keeping()
  await cache.reading(
    async () => cache.forget('b'),
    (_found, remember) => remember('t', 'a', { n: 1 }, { size: 1 }),
  )
  expect(get('a')).toBe(1)
})

it('holds no more than so many characters, and nothing that is very large', async () => {
  const cache = createReadCache<Value>()
  const keep = (id: string, size: number) =>
    cache.reading(
      async () => {},
      (_found, remember) => remember('t', id, { n: 1 }, { size }),
    )
  await keep('huge', 1_000_000)
  expect(cache.get('t', 'huge')).toBeUndefined()
  for (let n = 0; n < 200; n++) await keep(`e${n}`, 300_000)
  expect(cache.get('t', 'e0')).toBeUndefined()
  expect(cache.get('t', 'e199')).toEqual({ n: 1 })
})

it('lets a failed read fail, and goes on', async () => {
  const { cache, keep, get } = keeping()
  await expect(
    cache.reading(
      () => Promise.reject(new Error('away')),
      () => {},
    ),
  ).rejects.toThrow('away')
  await keep('a', 1)
  expect(get('a')).toBe(1)
})
