import { aliasFilterTypes, planAlias, readDashboard } from '@thingwire/dashboards'
import { noParams } from '@thingwire/dashboards'
import { describe, expect, test } from 'vitest'
import { mayBeMany, withType } from './alias-filters.ts'

const planned = (filter: object) => {
  const { document } = readDashboard({ entityAliases: { a: { alias: 'A', filter } } })
  const alias = document.aliases.get('a')
  if (!alias) throw new Error('no alias')
  return planAlias(alias, { params: noParams })
}

describe('withType', () => {
  test.each(aliasFilterTypes)('%s is a filter that is complete or says what is missing', (type) => {
    const plan = planned(withType({}, type))
    expect(plan.status === 'ready' || ['noEntity', 'noStateEntity'].includes(plan.reason)).toBe(true)
  })
  test('keeps what both types have', () => {
    const root = { entityType: 'ASSET', id: '784f394c-42b6-435a-983c-b7beff2784f9' }
    const devices = withType(
      { type: 'deviceSearchQuery', rootEntity: root, deviceTypes: ['pump'], maxLevel: 3 },
      'deviceSearchQuery',
    )
    expect(withType(devices, 'assetSearchQuery')).toMatchObject({
      type: 'assetSearchQuery',
      rootEntity: root,
      maxLevel: 3,
      assetTypes: [],
    })
    expect(withType(devices, 'assetSearchQuery')).not.toHaveProperty('deviceTypes')
    expect(withType(devices, 'deviceType')).toMatchObject({ deviceTypes: ['pump'] })
  })
  test('one of many stays one of many', () => {
    expect(withType({ resolveMultiple: false }, 'entityType').resolveMultiple).toBe(false)
    expect(withType({ resolveMultiple: true }, 'singleEntity').resolveMultiple).toBe(false)
    expect(mayBeMany('entityList')).toBe(true)
  })
})
