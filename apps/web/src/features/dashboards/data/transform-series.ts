import { nullUuid } from '@thingwire/contracts'
import {
  applyTransformations,
  columnNames,
  type OutputSeries,
  type SeriesInput,
  seriesOf,
  type Table,
  type TransformationStep,
  tableOf,
} from '@thingwire/dashboards'
import type { WidgetEntity, WidgetSeries } from '@thingwire/widgets/manifests'

/** The table that steps begin with: a row for each point of the widget's own series. */
export const seriesTable = (series: readonly WidgetSeries[]): Table =>
  tableOf(
    series.flatMap(({ role, entity, dataKey, points }): SeriesInput[] =>
      role === 'main'
        ? [
            {
              ...{ entityId: entity.id.id, entityName: entity.name, label: dataKey.label || dataKey.name, points },
              ...{ units: dataKey.units ?? null, decimals: dataKey.decimals ?? null },
            },
          ]
        : [],
    ),
  )

/** A table without times as series of one point: a column of each row, by the entity or else by the first text of the row. */
const newestOf = ({ columns, rows }: Table, ts: number): OutputSeries[] => {
  const named = columns.findIndex(({ name }) => name === columnNames.entity)
  const text = named >= 0 ? named : columns.findIndex(({ kind }) => kind === 'text')
  return rows.flatMap((row, at) =>
    columns.flatMap(({ name, units, decimals }, index): OutputSeries[] => {
      const value = row[index]
      if (index === text || value === null || value === undefined) return []
      const entityName = text >= 0 ? String(row[text] ?? '') : rows.length > 1 ? String(at + 1) : ''
      return [{ entityName, label: name, units, decimals, points: [[ts, value]] }]
    }),
  )
}

const splitLabel = (label: string): readonly [owner: string, name: string] => {
  const at = label.lastIndexOf(' · ')
  return at < 0 ? ['', label] : [label.slice(0, at), label.slice(at + 3)]
}

/** Rows that are no entity's stand for one that nobody can open; each for another. */
const madeEntity = (name: string, nth: number): WidgetEntity => {
  const suffix = nth.toString(16)
  return { id: { entityType: 'TENANT', id: nullUuid.slice(0, -suffix.length) + suffix }, name, label: '', type: '' }
}

/**
 * The series of a widget after its transformations; those beside and of a comparison stay.
 * @param ts what values without a time are as of
 * @param isLatest of each series only the newest point counts
 */
export const transformSeries = (
  series: readonly WidgetSeries[],
  steps: readonly TransformationStep[],
  { ts, isLatest }: { ts: number; isLatest: boolean },
): readonly WidgetSeries[] => {
  if (!steps.some(({ isOff }) => !isOff)) return series
  const table = applyTransformations(seriesTable(series), steps)
  const hasTimes = table.columns.some(({ kind }) => kind === 'time')
  const made = hasTimes ? seriesOf(table) : newestOf(table, ts)
  const main = series.filter(({ role }) => role === 'main')
  const entities = new Map(main.map(({ entity }) => [entity.name, entity]))
  const [only] = entities.size === 1 ? entities.values() : []
  const keys = new Map(main.map(({ dataKey }) => [dataKey.label || dataKey.name, dataKey]))
  const others = new Map<string, WidgetEntity>()
  const entityOf = (name: string): WidgetEntity => {
    const known = entities.get(name) ?? (name === '' ? only : undefined) ?? others.get(name)
    if (known) return known
    const fresh = madeEntity(name, others.size + 1)
    others.set(name, fresh)
    return fresh
  }
  const result = made.map(({ entityName, label, units, decimals, points }): WidgetSeries => {
    // Joined columns of several entities have the entity's name before that of the key.
    const [owner, name] = splitLabel(label)
    const known = keys.get(label) ?? (entities.has(owner) ? keys.get(name) : undefined)
    const entity = entityName === '' && entities.has(owner) ? owner : entityName
    return {
      id: `made ${entityName} ${label}`,
      ...{ datasource: 0, datasourceName: main[0]?.datasourceName ?? '', entity: entityOf(entity) },
      dataKey: {
        ...(known ?? { name: label, type: 'timeseries', settings: {} }),
        label: known && keys.has(label) ? known.label : label,
        units: units ?? known?.units ?? null,
        decimals: decimals ?? known?.decimals ?? null,
      },
      role: 'main',
      points: isLatest ? points.slice(-1) : points,
    }
  })
  return [...result, ...series.filter(({ role }) => role !== 'main')]
}
