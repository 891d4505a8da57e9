import { expect, test } from 'vitest'
import { filterOf } from './event-filter.ts'
import { textOf } from './event-text.ts'

test('only what is asked for is filtered by, and by other kinds nothing', () => {
  const all = { kind: 'DEBUG_RULE_NODE', text: '  ', errorsOnly: false, direction: '' } as const
  expect(filterOf(all)).toEqual({ eventType: 'DEBUG_RULE_NODE' })
  expect(filterOf({ ...all, text: ' hot ', errorsOnly: true, direction: 'OUT' })).toEqual({
    eventType: 'DEBUG_RULE_NODE',
    dataSearch: 'hot',
    isError: true,
    msgDirectionType: 'OUT',
  })
  expect(filterOf({ ...all, kind: 'ERROR', errorsOnly: true })).toEqual({ eventType: 'ERROR' })
})

test('a debug event tells the way, the connection and the error; others what they have', () => {
  const debug = { type: 'OUT', relationType: 'Failure', msgType: 'ALARM', data: '{"a":1}', metadata: '{}', error: 'no' }
  expect(textOf({ body: debug })).toEqual({
    ...{ way: 'OUT', connection: 'Failure', kind: 'ALARM', line: '{"a":1}', error: 'no' },
    ...{ data: '{"a":1}', metadata: '{}' },
  })
  expect(textOf({ body: { messagesProcessed: 5, errorsOccurred: 1 } }).line).toBe('5 / 1')
  expect(textOf({ body: { method: 'start', error: 'broken' } })).toMatchObject({
    way: null,
    kind: 'start',
    error: 'broken',
  })
})
