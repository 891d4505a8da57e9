import { expect, it } from 'vitest'
import { createTurns } from './preview-turns.ts'

it('previews begin one after the other, and what scrolled away before its turn never does', () => {
  const due: (() => void)[] = []
  const turns = createTurns((run) => due.push(run))
  const begun: string[] = []
  const giveUp = ['a', 'b', 'c'].map((one) => turns.ask(() => begun.push(one)))
  expect(begun).toEqual([])
  due.shift()?.()
  expect(begun).toEqual(['a'])
  giveUp[1]?.()
  due.shift()?.()
  expect(begun).toEqual(['a', 'c'])
  due.shift()?.()
  expect(due).toEqual([])
  turns.ask(() => begun.push('d'))
  due.shift()?.()
  expect(begun).toEqual(['a', 'c', 'd'])
})
