import { expect, it } from 'vitest'
import { createFormats } from './use-formats.ts'

const setup = () => {
  const batches: unknown[][] = []
  const waiting: (() => void)[] = []
  let answers = 0
  const formats = createFormats(
    {
      callMany: async (_code, _names, calls) => {
        batches.push([...calls])
        return calls.map(([value]) =>
          value === 3 ? { ok: false, message: 'three is odd' } : { ok: true, value: `<${String(value)}>` },
        )
      },
    },
    () => answers++,
    (run) => waiting.push(run),
  )
  const settle = async () => {
    for (const run of waiting.splice(0)) run()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { formats, batches, settle, answers: () => answers }
}

it('asks for all labels of a picture at once, and for each only once', async () => {
  const h = setup()
  const get = (value: number) => h.formats.get('code', ['value'], [value])
  expect([get(1), get(2), get(1)]).toEqual([undefined, undefined, undefined])
  await h.settle()
  expect(h.batches).toEqual([[[1], [2]]])
  expect([get(1), get(2)]).toEqual(['<1>', '<2>'])
  expect(h.answers()).toBe(1)
  await h.settle()
  expect(h.batches).toHaveLength(1)
})

it('tells why a function fails and does not ask it again', async () => {
  const h = setup()
  h.formats.get('code', ['value'], [3])
  await h.settle()
  expect(h.formats.get('code', ['value'], [3])).toBeUndefined()
  expect(h.formats.error()).toBe('three is odd')
  await h.settle()
  expect(h.batches).toHaveLength(1)
})

it('says nothing to a chart that is gone', async () => {
  const h = setup()
  h.formats.get('code', ['value'], [1])
  h.formats.stop()
  await h.settle()
  expect(h.answers()).toBe(0)
  h.formats.start()
  h.formats.get('code', ['value'], [2])
  await h.settle()
  expect(h.answers()).toBe(1)
})
