import { eventFilterSchema, type EventInfo } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { loggedTypes } from './manifest.ts'
import { eventColumns, filterOf, isFailure, searchedColumn } from './rows.ts'

const event = (body: EventInfo['body'], type: EventInfo['type'] = 'LC_EVENT'): EventInfo => ({
  ...{ id: { id: 'a' }, createdTime: 1, tenantId: { entityType: 'TENANT', id: 'a' }, type, uid: 'a' },
  ...{ entityId: { entityType: 'DEVICE', id: 'a' }, body },
})

describe('events', () => {
  it.each(loggedTypes)('%s are asked for as the server takes it, and searched in a column that is shown', (type) => {
    for (const failuresOnly of [true, false])
      expect(() => eventFilterSchema.parse(filterOf(type, ' x'.repeat(2_000), failuresOnly))).not.toThrow()
    expect(eventColumns[type].map(({ id }) => id)).toContain(searchedColumn[type])
  })

  it('have members of their body in their columns, and none that only looks like one', () => {
    const of = (body: EventInfo['body']) => eventColumns.LC_EVENT.map((column) => column.textOf(event(body)))
    expect(of({ event: 'STARTED', success: true, server: 'a' })).toEqual(['STARTED', 'Success', '', 'a'])
    expect(of({ event: { a: 1 }, success: false, error: null })).toEqual(['{"a":1}', 'Failure', '', ''])
    expect(of(Object.create({ event: 'STARTED' }))).toEqual(['', 'Success', '', ''])
  })

  it('are failures by what they say', () => {
    expect(isFailure(event({ success: true }))).toBe(false)
    expect(isFailure(event({ success: false }))).toBe(true)
    expect(isFailure(event({ error: 'x' }, 'DEBUG_RULE_NODE'))).toBe(true)
    expect(isFailure(event({ errorsOccurred: 2 }, 'STATS'))).toBe(true)
    expect(isFailure(event({ errorsOccurred: 0 }, 'STATS'))).toBe(false)
  })
})
