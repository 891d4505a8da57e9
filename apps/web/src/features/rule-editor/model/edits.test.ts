import { expect, test } from 'vitest'
import { aDocument, aNode } from './testing.ts'

test('a label that is given twice is drawn once', () => {
  const document = aDocument([aNode('a'), aNode('b')], ['a>b:True/True', 'a>b:True/False'])
  expect(Object.values(document.wires)).toEqual([{ from: 'a', to: 'b', labels: ['True', 'False'] }])
})
