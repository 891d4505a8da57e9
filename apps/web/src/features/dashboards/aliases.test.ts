import { entityAliasSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { type AliasEntity, matchesName, pick, planAlias, searchText } from './aliases.ts'

const alias = (filter: Record<string, unknown>) => entityAliasSchema.parse({ id: 'a', alias: 'A', filter })
const plan = (filter: Record<string, unknown>, state: string | null = null) => planAlias(alias(filter), state)
const entity = (name: string, type = 'thermostat'): AliasEntity => ({
  id: name,
  name,
  type,
  label: '',
  active: true,
  createdTime: 0,
})

describe('an entity alias', () => {
  it('names one device or a list of them', () => {
    expect(plan({ type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id: '1' } })).toEqual({
      kind: 'ids',
      ids: ['1'],
    })
    const list = { type: 'entityList', entityType: 'DEVICE', entityList: ['1', '2'] }
    expect(plan({ ...list, resolveMultiple: true })).toEqual({ kind: 'ids', ids: ['1', '2'] })
    expect(plan({ ...list, resolveMultiple: false })).toEqual({ kind: 'ids', ids: ['1'] })
  })

  it('finds devices by type, in the older form too', () => {
    const expected = { kind: 'search', types: ['thermostat'], namePattern: '', onlyFirst: false }
    expect(
      plan({ type: 'deviceType', deviceTypes: ['thermostat'], deviceNameFilter: '', resolveMultiple: true }),
    ).toEqual(expected)
    expect(
      plan({ type: 'deviceType', deviceType: 'thermostat', deviceNameFilter: null, resolveMultiple: true }),
    ).toEqual(expected)
  })

  it('follows the entity of the state, else its default', () => {
    const filter = { type: 'stateEntity', defaultStateEntity: { entityType: 'DEVICE', id: 'd' } }
    expect(plan(filter, 's')).toEqual({ kind: 'ids', ids: ['s'] })
    expect(plan(filter)).toEqual({ kind: 'ids', ids: ['d'] })
    expect(plan({ type: 'stateEntity', defaultStateEntity: null })).toEqual({ kind: 'ids', ids: [] })
  })

  it.each([
    { type: 'relationsQuery' },
    { type: 'entityType', entityType: 'ASSET' },
    { type: 'singleEntity', singleEntity: { entityType: 'ASSET', id: '1' } },
    { type: 'singleEntity' },
  ])('that cannot be resolved yet is told apart: %j', (filter) => {
    expect(plan(filter)).toEqual({ kind: 'unsupported', filterType: filter.type })
  })

  it('takes the first by name when it stands for one', () => {
    const search = { kind: 'search' as const, types: [], namePattern: '', onlyFirst: true }
    expect(pick(search, [entity('T 10'), entity('T 2')]).map((one) => one.name)).toEqual(['T 2'])
  })

  it('leaves out other types and names', () => {
    const search = { kind: 'search' as const, types: ['thermostat'], namePattern: 'T', onlyFirst: false }
    expect(pick(search, [entity('T 1'), entity('X 1'), entity('T 2', 'pump')]).map((one) => one.name)).toEqual(['T 1'])
  })
})

describe('a name pattern', () => {
  it.each([
    ['Thermostat T1', '', true],
    ['Thermostat T1', 'thermo', true],
    ['Thermostat T1', 'T1', false],
    ['Thermostat T1', '%T1', true],
    ['Thermostat T1', 'th%t1', true],
    ['Thermostat T1', 'th%t2', false],
  ])('%s fits %j: %s', (name, pattern, fits) => {
    expect(matchesName(name, pattern)).toBe(fits)
  })

  it('is narrowed on the server by its longest plain part', () => {
    expect(searchText('Th%stat%1')).toBe('stat')
  })
})
