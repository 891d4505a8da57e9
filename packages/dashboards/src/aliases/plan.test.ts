import { entityFilterSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { noParams, type StateParams } from '../states/model.ts'
import { aliasFilterTypes } from './model.ts'
import { paramOfAlias, planAlias } from './plan.ts'
import { readAlias } from './read.ts'

const device = { entityType: 'DEVICE', id: '784f394c-42b6-435a-983c-b7beff2784f9' } as const
const asset = { entityType: 'ASSET', id: '884f394c-42b6-435a-983c-b7beff2784f9' } as const
const params: StateParams = { entity: { entityId: device }, named: { site: { entityId: asset } } }

const aliasOf = (file: unknown) => {
  const read = readAlias('a', file)
  if (!read) throw new Error('no alias')
  return read.alias
}
const plan = (filter: object, given = noParams) => planAlias(aliasOf({ alias: 'A', filter }), { params: given })
const search = { rootEntity: asset, direction: 'FROM', maxLevel: 2, fetchLastLevelOnly: true }

const ready: [string, object, object, boolean][] = [
  ['singleEntity', { singleEntity: device }, { singleEntity: device }, true],
  [
    'entityList',
    { entityType: 'DEVICE', entityList: [device.id, 'no id', device.id] },
    { entityList: [device.id] },
    false,
  ],
  [
    'entityName',
    { entityType: 'ASSET', entityNameFilter: 'Ro%' },
    { entityType: 'ASSET', entityNameFilter: 'Ro%' },
    false,
  ],
  ['entityType', { entityType: 'CUSTOMER' }, { entityType: 'CUSTOMER' }, false],
  ['stateEntity', {}, { type: 'singleEntity', singleEntity: device }, true],
  [
    'assetType',
    { assetTypes: ['a', 'b'], assetNameFilter: 'x' },
    { assetTypes: ['a', 'b'], assetNameFilter: 'x' },
    false,
  ],
  [
    'deviceType',
    { deviceType: 'old, older', deviceNameFilter: null },
    { deviceTypes: ['old', 'older'], deviceNameFilter: '' },
    false,
  ],
  ['edgeType', { edgeTypes: ['e'], edgeType: 'e' }, { edgeTypes: ['e'] }, false],
  ['entityViewType', { entityViewTypes: ['v', 'v'] }, { entityViewTypes: ['v'] }, false],
  ['apiUsageState', { customerId: null }, {}, true],
  [
    'relationsQuery',
    { ...search, filters: [{ relationType: 'Contains', entityTypes: ['DEVICE', 'NONSENSE'] }, 7] },
    { ...search, filters: [{ relationType: 'Contains', entityTypes: ['DEVICE'], negate: false }] },
    false,
  ],
  [
    'assetSearchQuery',
    { ...search, relationType: 'Contains', assetTypes: ['a'] },
    { ...search, assetTypes: ['a'] },
    false,
  ],
  ['deviceSearchQuery', { ...search, maxLevel: 0, deviceTypes: ['d'] }, { maxLevel: null, deviceTypes: ['d'] }, false],
  ['edgeSearchQuery', { ...search, direction: 'TO', edgeTypes: [] }, { direction: 'TO' }, false],
  ['entityViewSearchQuery', { ...search, entityViewTypes: ['v'] }, { entityViewTypes: ['v'] }, false],
]

describe('planAlias', () => {
  it('knows every type', () => expect(ready.map(([type]) => type)).toEqual(aliasFilterTypes))
  it.each(ready)('%s', (type, filter, expected, single) => {
    const made = plan({ type, resolveMultiple: true, ...filter }, params)
    expect(made).toMatchObject({ status: 'ready', single, filter: { type, ...expected } })
    expect(made.status === 'ready' && entityFilterSchema.safeParse(made.filter).success).toBe(true)
  })
  it('takes the first of many unless the file says all', () =>
    expect(plan({ type: 'entityType', entityType: 'DEVICE' })).toMatchObject({ single: true }))
  it('takes the entity of the name, else the one in its place, else says so', () => {
    const filter = { type: 'stateEntity', stateEntityParamName: 'site' }
    expect(plan(filter, params)).toMatchObject({ filter: { singleEntity: asset } })
    expect(plan({ ...filter, defaultStateEntity: device })).toMatchObject({ filter: { singleEntity: device } })
    expect(plan(filter)).toEqual({ status: 'unresolved', reason: 'noStateEntity', paramName: 'site' })
    expect(plan({ type: 'stateEntity', stateEntityParamName: 'toString' }, params).status).toBe('unresolved')
  })
  it('starts searches at the state’s entity', () => {
    const filter = { type: 'deviceSearchQuery', ...search, rootStateEntity: true, rootEntity: null }
    expect(plan(filter, params)).toMatchObject({ filter: { rootEntity: device } })
    expect(plan(filter)).toMatchObject({ status: 'unresolved', reason: 'noStateEntity' })
    expect(plan({ ...filter, rootStateEntity: false })).toEqual({ status: 'unresolved', reason: 'noEntity' })
  })
  it.each(['CURRENT_CUSTOMER', 'CURRENT_TENANT', 'CURRENT_USER', 'CURRENT_USER_OWNER'])(
    '%s needs no id',
    (entityType) => {
      expect(plan({ type: 'singleEntity', singleEntity: { entityType, id: '' } })).toMatchObject({
        status: 'ready',
        filter: { singleEntity: { entityType, id: null } },
      })
    },
  )
  it.each([
    [{ type: 'nonsense' }, 'unknownType'],
    [{ type: 'singleEntity' }, 'noEntity'],
    [{ type: 'edgeType', edgeTypes: [] }, 'noEntity'],
    [{ type: 'entityType', entityType: 'SPACESHIP' }, 'invalid'],
    [{ type: 'entityName', entityType: 'DEVICE', entityNameFilter: 'x'.repeat(300) }, 'invalid'],
  ])('tells why %j names nothing', (filter, reason) =>
    expect(plan(filter)).toMatchObject({ status: 'unresolved', reason }),
  )
  it('tells on which parameter an alias hangs', () => {
    const on = (filter: object) => paramOfAlias(aliasOf({ alias: 'A', filter }))
    expect(on({ type: 'stateEntity' })).toBeNull()
    expect(on({ type: 'relationsQuery', rootStateEntity: true, stateEntityParamName: 'site' })).toBe('site')
    expect(on({ type: 'entityType', entityType: 'DEVICE' })).toBeUndefined()
  })
})

describe('readAlias', () => {
  it('finds all entities of a kind where a file has a group of all of them', () => {
    const group = {
      type: 'entitiesByGroupName',
      groupType: 'DEVICE',
      entityGroupNameFilter: 'All',
      resolveMultiple: true,
    }
    expect(plan(group)).toMatchObject({ status: 'ready', filter: { type: 'entityType', entityType: 'DEVICE' } })
    expect(plan({ ...group, entityGroupNameFilter: 'Pumps' })).toMatchObject({ reason: 'unknownType' })
  })
  it.each([
    [
      { alias: 'x', deviceId: device.id },
      { type: 'entityList', entityType: 'DEVICE', entityList: [device.id] },
    ],
    [
      { alias: 'x', deviceFilter: { useFilter: true, deviceNameFilter: 'T' } },
      { type: 'entityName', entityNameFilter: 'T' },
    ],
    [
      { alias: 'x', deviceFilter: { useFilter: false, deviceList: [device.id] } },
      { type: 'entityList', entityList: [device.id] },
    ],
    [
      { alias: 'x', entityType: 'ASSET', entityFilter: { useFilter: false, entityList: [asset.id] } },
      { type: 'entityList', entityType: 'ASSET', entityList: [asset.id] },
    ],
    [
      { alias: 'x', filter: { entityType: 'ASSET', entityList: [asset.id] } },
      { type: 'entityList', entityList: [asset.id] },
    ],
  ])('makes today’s form of %j', (file, filter) => {
    expect(readAlias('1', file)).toMatchObject({ isOlder: true, alias: { id: '1', alias: 'x', filter } })
    expect(plan(aliasOf(file).filter).status).toBe('ready')
  })
  it.each([null, 3, 'x', {}, { alias: 'x' }, { filter: 4 }])('%j is none', (file) =>
    expect(readAlias('1', file)).toBeNull(),
  )
})
