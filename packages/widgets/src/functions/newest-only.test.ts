import { expect, it } from 'vitest'
import { createNewestOnly } from './newest-only.ts'

it('asks the first and then only the newest of what came meanwhile', async () => {
  const open: (() => void)[] = []
  const asked: number[] = []
  const answers: [string, number][] = []
  const newest = createNewestOnly(
    (n: number) => {
      asked.push(n)
      return new Promise<string>((resolve) => open.push(() => resolve(`answer ${n}`)))
    },
    (answer, n) => answers.push([answer, n]),
  )
  for (const n of [1, 2, 3]) newest.ask(n)
  expect(asked).toEqual([1])
  open[0]?.()
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toEqual([1, 3])
  newest.ask(4)
  newest.stop()
  open[1]?.()
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toEqual([1, 3])
  expect(answers).toEqual([['answer 1', 1]])
})
