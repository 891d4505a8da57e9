import { expect, test } from 'vitest'
import { columnsOf, persistentRpcTable } from './manifest.ts'
import { callOf, readParams, sortOf } from './rows.ts'

test('finds the call of a stored command, wherever its request has it', () => {
  expect(callOf({ request: { method: 'a', params: '{"b":1}' } })).toEqual({
    method: 'a',
    params: { b: 1 },
    isOneWay: false,
  })
  expect(callOf({ request: { oneway: true, body: { method: 'c', params: 'plain' } } })).toEqual({
    method: 'c',
    params: 'plain',
    isOneWay: true,
  })
  expect(callOf({ request: null })).toEqual({ method: '—', params: undefined, isOneWay: false })
})

test('reads order, columns and parameters', () => {
  expect(sortOf('-createdTime')).toEqual({ property: 'createdTime', direction: 'DESC' })
  expect(sortOf('+status')).toEqual({ property: 'status', direction: 'ASC' })
  expect(sortOf('odd')).toBeNull()
  const columns = (displayColumns: unknown) => columnsOf(persistentRpcTable.settings.parse({ displayColumns }))
  expect(columns(['method', 'odd'])).toEqual(['method'])
  expect(columns(undefined)).toHaveLength(6)
  expect([' ', '{"a":1}', 'go'].map(readParams)).toEqual([null, { a: 1 }, 'go'])
})
