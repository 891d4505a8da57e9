import type { WidgetEntity, WidgetState } from '@thingwire/widgets/manifests'

/** The entity that an action of the widget as a whole is about: the first that it shows. */
export const entityOf = (state: WidgetState): WidgetEntity | null =>
  state.status === 'ready' ? (state.series[0]?.entity ?? null) : null

type Row = Record<string, unknown>

/** What code of actions gets as `data`: for each entity its newest values by label, with its name beside them. */
export const dataOf = (state: WidgetState): readonly Row[] => {
  if (state.status !== 'ready') return []
  const rows = new Map<string, Row>()
  for (const { entity, datasource, datasourceName, dataKey, points, role } of state.series) {
    if (role === 'comparison') continue
    const id = `${datasource} ${entity.id.id}`
    const row = rows.get(id) ?? {
      entityName: entity.name,
      entityLabel: entity.label || entity.name,
      deviceName: entity.name,
      deviceType: entity.type,
      entityType: entity.id.entityType,
      entityId: entity.id.id,
      aliasName: datasourceName,
      $datasource: datasource,
    }
    row[dataKey.label || dataKey.name] = points.at(-1)?.[1]
    rows.set(id, row)
  }
  return [...rows.values()]
}
