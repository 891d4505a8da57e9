import { readDashboard } from '@thingwire/dashboards'
import { describe, expect, it } from 'vitest'
import { mapAliases } from './map-aliases.ts'

const file = {
  widgets: { w: { typeFullFqn: 'x', config: {} } },
  entityAliases: {
    a: { id: 'a', alias: 'Pump', filter: { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id: 'gone' } } },
    b: { id: 'b', alias: 'All', filter: { type: 'deviceType', deviceTypes: ['old'], resolveMultiple: true } },
  },
  kept: { by: 'others' },
}
const aliasesOf = (configuration: unknown) => readDashboard(configuration).document.aliases

describe('aliases of a file that is imported', () => {
  it('find what was chosen instead; everything else stays', () => {
    const made = mapAliases(
      file,
      new Map([
        ['a', { kind: 'entity' as const, entityType: 'DEVICE' as const, id: '01a2034c-a060-72f4-a23c-336deb086e42' }],
        ['b', { kind: 'profile' as const, name: 'pump' }],
      ]),
    )
    expect(aliasesOf(made).get('a')?.filter).toMatchObject({
      type: 'singleEntity',
      singleEntity: { id: '01a2034c-a060-72f4-a23c-336deb086e42' },
    })
    expect(aliasesOf(made).get('b')).toMatchObject({ alias: 'All', resolveMultiple: true, type: 'deviceType' })
    expect(aliasesOf(made).get('b')?.filter).toMatchObject({ deviceTypes: ['pump'] })
    expect(made.kept).toEqual({ by: 'others' })
  })

  it('are not touched where nothing was chosen', () => {
    expect(mapAliases(file, new Map())).toBe(file)
    const other = mapAliases(file, new Map([['nowhere', { kind: 'profile' as const, name: 'pump' }]]))
    expect(aliasesOf(other)).toEqual(aliasesOf(file))
  })

  it('of the oldest form are mapped, too', () => {
    const old = { deviceAliases: { '1': { alias: 'Old', deviceId: 'x' } } }
    const id = [...aliasesOf(old).keys()][0] ?? ''
    const made = mapAliases(old, new Map([[id, { kind: 'profile' as const, name: 'pump' }]]))
    expect(aliasesOf(made).get(id)?.filter).toMatchObject({ deviceTypes: ['pump'] })
  })
})
