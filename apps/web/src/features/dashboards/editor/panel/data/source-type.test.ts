import { setMembers } from '@thingwire/dashboards/edit'
import { expect, it } from 'vitest'
import { type SourceType, withSourceType } from './source-type.ts'

const after = (source: Record<string, unknown>, type: SourceType): unknown => {
  const members = withSourceType(source, type).map(({ path, value }) => ({ path: ['source', ...path], value }))
  const { configuration } = setMembers(['w'], members).apply({
    ...{ title: '', image: null, mobileHide: false, mobileOrder: null },
    configuration: { widgets: { w: { source } } },
  })
  return JSON.parse(JSON.stringify(configuration)).widgets.w.source
}

const keys = [{ name: 'level', type: 'timeseries' }]

it('another type of source leaves nothing that would go before what it asks for', () => {
  const source = { type: 'entity', entityAliasId: 'a', dataKeys: keys }
  expect(after(source, 'device')).toEqual({ type: 'device', dataKeys: keys })
  expect(after(source, 'alarmCount')).toEqual({ type: 'alarmCount', entityAliasId: 'a', dataKeys: keys })
  expect(after({ type: 'device', deviceId: 'd', dataKeys: keys }, 'entity')).toEqual({ type: 'entity', dataKeys: keys })
  expect(after(source, 'function')).toEqual({ type: 'function', dataKeys: [] })
})
