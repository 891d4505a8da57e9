import type { MemberValue } from '@thingwire/dashboards/edit'
import type { Json } from '../../side/json.ts'

export const sourceTypes = ['entity', 'device', 'entityCount', 'alarmCount', 'function'] as const
export type SourceType = (typeof sourceTypes)[number]

export const sourceTypeOf = ({ type }: Json): SourceType => sourceTypes.find((one) => one === type) ?? 'entity'

/** What changes in a source with its type: an alias would go before a device, and keys of functions are none of entities. */
export const withSourceType = (source: Json, type: SourceType): readonly MemberValue[] => {
  const before = sourceTypeOf(source)
  const out = (name: string) => ({ path: [name], value: undefined })
  return [
    { path: ['type'], value: type },
    ...(type === 'device' || type === 'function' ? [out('entityAliasId')] : []),
    ...(type === 'device' ? [] : [out('deviceId')]),
    ...((before === 'function') === (type === 'function') ? [] : [{ path: ['dataKeys'], value: [] }]),
  ]
}
