import { describe, expect, it } from 'vitest'
import { aliasCommand, aliasesIn, dataOfEntity, dataOfProfile } from './library-data.ts'

const pump = { id: { entityType: 'DEVICE' as const, id: 'p1' }, name: 'Pump' }
const single = (id: string) => ({ type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id } })
const configuration = {
  entityAliases: {
    a: { id: 'a', alias: 'The pump', filter: { ...single('p1'), resolveMultiple: true } },
    b: { id: 'b', alias: 'Pump', filter: single('p2') },
    odd: null,
    c: { id: 'c', alias: 'Valves', filter: { type: 'deviceType', deviceTypes: ['valve'] } },
  },
}
const newId = () => 'new'

describe('data of the library', () => {
  it('reuses the alias that finds the same', () => {
    expect(dataOfEntity(configuration, pump, newId)).toMatchObject({ aliasId: 'a', name: 'The pump' })
    expect(dataOfProfile(configuration, 'valve', newId)).toMatchObject({ aliasId: 'c', name: 'Valves' })
    expect(aliasCommand(configuration, dataOfEntity(configuration, pump, newId))).toBeNull()
  })

  it('else makes one of a name that is free', () => {
    const made = dataOfEntity(configuration, { ...pump, id: { entityType: 'DEVICE', id: 'p3' } }, newId)
    expect(made).toMatchObject({ aliasId: 'new', name: 'Pump 2' })
    const document = { title: '', image: null, mobileHide: false, mobileOrder: null, configuration }
    const after = aliasCommand(configuration, made)?.apply(document).configuration ?? {}
    expect(aliasesIn(after)).toContainEqual(made)
  })

  it('reads no aliases from what holds none', () => {
    for (const odd of [{}, { entityAliases: 7 }, { entityAliases: [] }, { entityAliases: { a: 1, b: {} } }])
      expect(aliasesIn(odd)).toEqual([])
  })
})
