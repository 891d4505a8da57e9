import type { WidgetActionKind } from '@thingwire/dashboards'
import { describe, expect, it } from 'vitest'
import { encodeToken, targetOf, tokenValues } from './action-target.ts'

const id = { entityType: 'DEVICE', id: '784f394c-42b6-435a-983c-b7beff2784f9' } as const
const entity = { id, name: 'Pump', label: '', type: 'pump' }
const action = (change: object): Extract<WidgetActionKind, { type: 'openState' }> => ({
  type: 'openState',
  presentation: { kind: 'place' },
  stateId: 'details',
  setEntity: true,
  paramName: null,
  opensRight: false,
  ...change,
})

describe('where an action leads', () => {
  it('passes the entity on only when the file says so', () => {
    expect(targetOf(action({}), { entity })).toEqual({
      stateId: 'details',
      entity: { entityId: id, entityName: 'Pump' },
      paramName: null,
    })
    expect(targetOf(action({ setEntity: false, paramName: 'p' }), { entity }).entity).toBeNull()
    expect(targetOf(action({}), {}).entity).toBeNull()
  })

  it('knows the values of what was clicked on', () => {
    const values = tokenValues({ params: { data: [{ temperature: 21, $datasource: 0 }], column: 'x' } })
    expect([...values]).toEqual([
      ['temperature', 21],
      ['column', 'x'],
    ])
  })

  it('lets no value add to an address', () => {
    expect(encodeToken('../a?b=1&c#d')).toBe('..%2Fa%3Fb%3D1%26c%23d')
    expect(encodeToken(null)).toBe('')
    expect(encodeToken({ a: 1 })).toBe('%7B%22a%22%3A1%7D')
  })
})
