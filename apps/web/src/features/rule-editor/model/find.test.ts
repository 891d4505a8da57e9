import { expect, test } from 'vitest'
import * as edits from './edits.ts'
import { createFinder } from './find.ts'
import { aDocument, aNode } from './testing.ts'

const find = createFinder((className) => (className.endsWith('TbJsFilterNode') ? 'script' : className))
const document = edits.all(
  edits.putNote({
    ...{
      id: 'n',
      x: 0,
      y: 0,
      width: 1,
      height: 1,
      content: 'Ask Anna about pumps',
      color: null,
      group: null,
      rest: {},
    },
  }),
)(
  aDocument(
    [
      aNode('a', {
        name: 'Is it warm?',
        configuration: { jsScript: 'return msg.temperature > 20;\nvar pump = 1', list: ['x'] },
      }),
      aNode('b', { name: 'Pump', description: 'Starts at noon' }),
      aNode('c', { name: 'The warm pumphouse', className: 'com.example.Own' }),
    ],
    ['a>b:True'],
  ),
)
const ids = (query: string) => find(document, query).map(({ id, where }) => `${id} ${where}`)

test('names, numbers, types, labels, descriptions, configurations and notes are found, the best first', () => {
  expect(ids('pump')).toEqual(['b name', 'c name', 'n note', 'a configuration'])
  expect(ids('#2')).toEqual(['b number'])
  expect(ids('SCRIPT')).toEqual(['a type', 'b type'])
  expect(ids('noon')).toEqual(['b description'])
  expect(ids('true')).toEqual(['a label'])
  expect(ids('temperature')).toEqual(['a configuration'])
  expect(ids('')).toEqual([])
  expect(ids('nothing like it')).toEqual([])
})

test('every word has to be somewhere', () => {
  expect(ids('warm pump')).toEqual(['c name', 'a name'])
  expect(ids('warm anna')).toEqual([])
})

test('an excerpt shows where it stands, on one line', () => {
  const [found] = find(document, 'pump =')
  expect(found).toMatchObject({ id: 'a', path: 'jsScript' })
  const { excerpt = '', at = 0, length = 0 } = found ?? {}
  expect(excerpt.slice(at, at + length)).toBe('pump')
  expect(excerpt).not.toContain('\n')
})

test('what was changed is found anew', () => {
  expect(find(edits.changeNode('b', { name: 'Valve' })(document), 'valve').map(({ id }) => id)).toEqual(['b'])
})
