import { expect, it } from 'vitest'
import { createBoardCursor } from './board-cursor.ts'

it('the cursor tells every other chart, and none that left', () => {
  const cursor = createBoardCursor()
  const [a, b] = [cursor.portFor(), cursor.portFor()]
  const heard: (string | number | null)[] = []
  a.listen((ts) => heard.push('a', ts))
  const leave = b.listen((ts) => heard.push('b', ts))
  a.show(1)
  expect(heard).toEqual(['b', 1])
  leave()
  a.show(2)
  b.show(null)
  expect(heard).toEqual(['b', 1, 'a', null])
})
