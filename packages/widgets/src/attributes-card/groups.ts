import type { WidgetSeries } from '../widget.ts'

export type Group = { id: string; name: string; rows: readonly WidgetSeries[] }

/** The keys of each entity together, in the order of the file. */
export const groupsOf = (series: readonly WidgetSeries[]): Group[] => {
  const groups = new Map<string, { id: string; name: string; rows: WidgetSeries[] }>()
  for (const one of series) {
    const id = `${one.datasource} ${one.entity.id.id}`
    const group = groups.get(id) ?? { id, name: one.entity.label || one.entity.name, rows: [] }
    group.rows.push(one)
    groups.set(id, group)
  }
  return [...groups.values()]
}
