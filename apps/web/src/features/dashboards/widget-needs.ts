import type { DataKey, Widget } from '@thingwire/contracts'
import { z } from 'zod'
import type { AliasEntity } from './aliases.ts'

/** One key of one entity, as a widget's datasource asks for it. */
export type Slot = { id: string; entity: AliasEntity; dataKey: DataKey }

/** Entities of each alias id; a device bound directly stands under its own id. */
export type Resolved = ReadonlyMap<string, readonly AliasEntity[]>

type Datasource = Widget['config']['datasources'][number]

export type Source = { kind: 'alias' | 'device'; id: string }

export const sourceOf = (datasource: Datasource): Source | null => {
  if (datasource.type === 'device' && datasource.deviceId) return { kind: 'device', id: datasource.deviceId }
  return datasource.entityAliasId ? { kind: 'alias', id: datasource.entityAliasId } : null
}

const id = z.string().nullish().catch(null)
const targetSchema = z.object({
  targetDevice: z
    .object({ type: z.enum(['device', 'entity']), deviceId: id, entityAliasId: id })
    .nullish()
    .catch(null),
  /** How older files name it; only the first counts. */
  targetDeviceAliasIds: z.array(z.string()).nullish().catch(null),
})

/** The device that a control commands. */
export const targetOf = (widget: Widget): Source | null => {
  const { targetDevice, targetDeviceAliasIds } = targetSchema.parse(widget.config)
  if (targetDevice?.type === 'device' && targetDevice.deviceId) return { kind: 'device', id: targetDevice.deviceId }
  const alias = targetDevice?.entityAliasId ?? targetDeviceAliasIds?.[0]
  return alias ? { kind: 'alias', id: alias } : null
}

/** Where the entities of a widget come from; null for a datasource that is not known. */
export const sourcesOf = (widget: Widget): (Source | null)[] => {
  const target = targetOf(widget)
  return target ? [target] : widget.config.datasources.map(sourceOf)
}

/** Devices that widgets name directly. */
export const directDevices = (widgets: readonly Widget[]): string[] => [
  ...new Set(widgets.flatMap(sourcesOf).flatMap((source) => (source?.kind === 'device' ? [source.id] : []))),
]

/** Datasources × their entities × their keys; the id stays the same as long as all three do. */
export const toSlots = (widget: Widget, resolved: Resolved): Slot[] =>
  widget.config.datasources.flatMap((datasource, source) => {
    const target = sourceOf(datasource)
    if (!target) return []
    const entities = resolved.get(target.id) ?? []
    return entities.flatMap((entity) =>
      datasource.dataKeys.map((dataKey, index) => ({
        id: `${source}/${index}/${entity.id}`,
        entity,
        dataKey: {
          ...dataKey,
          units: dataKey.units || widget.config.units,
          decimals: dataKey.decimals ?? widget.config.decimals,
        },
      })),
    )
  })

/** Keys of one kind by device, without repeats, in a stable order. */
export const keysByDevice = (slots: readonly Slot[], type: DataKey['type']): Map<string, string[]> => {
  const byDevice = new Map<string, string[]>()
  for (const { entity, dataKey } of slots) {
    if (dataKey.type !== type) continue
    const keys = byDevice.get(entity.id) ?? []
    if (!keys.includes(dataKey.name)) byDevice.set(entity.id, [...keys, dataKey.name].sort())
  }
  return byDevice
}

/** Fields that ThingsBoard's `entityField` keys name. */
export const entityField = (entity: AliasEntity, name: string): unknown => {
  switch (name) {
    case 'name':
    case 'entityName':
      return entity.name
    case 'label':
      return entity.label
    case 'type':
      return entity.type
    case 'createdTime':
      return entity.createdTime
    default:
      return null
  }
}
