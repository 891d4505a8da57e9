import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

const gate = () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { promise, open: () => resolve() }
}

test('work that shares an id runs in the order asked for, other work does not wait', async () => {
  const turns = createTurns()
  const port = turns('tenant')
  const seen: string[] = []
  const first = gate()
  const one = port.take('math', ['a', 'b'], async () => {
    await first.promise
    seen.push('one')
  })
  const two = port.take('math', ['b'], async () => void seen.push('two'))
  const three = port.take('math', ['c'], async () => void seen.push('three'))
  const four = turns('another tenant').take('math', ['a'], async () => void seen.push('four'))
  await Promise.all([three, four])
  expect(seen).toEqual(['three', 'four'])
  first.open()
  await Promise.all([one, two])
  expect(seen).toEqual(['three', 'four', 'one', 'two'])
})

test('work that fails lets the next one begin, and its caller hears of it', async () => {
  const port = createTurns()('tenant')
  const one = port.take('math', ['a'], () => Promise.reject(new Error('no')))
  const two = port.take('math', ['a'], async () => 2)
  await expect(one).rejects.toThrow('no')
  expect(await two).toBe(2)
})
