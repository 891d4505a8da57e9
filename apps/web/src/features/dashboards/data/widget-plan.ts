import type { EntityCountQuery } from '@thingwire/contracts'
import {
  comparisons,
  type DashboardDataKey,
  type DashboardDatasource,
  type DashboardWidget,
  type TimeWindowModel,
  type UnitSystem,
  withExtrasOf,
} from '@thingwire/dashboards'
import type { ValueSource, WidgetManifest } from '@thingwire/widgets/manifests'
import type { CountQuestion } from './count-source.ts'
import type { EntityQuestion } from './entity-set.ts'
import { type DataContext, resolveAlias, resolveDatasource, type Unresolved } from './resolve.ts'
import { planSeries, type SeriesPlan } from './series-plan.ts'
import { sourcesAskedBy } from './settings.ts'
import type { SourceKey, SourcePlace } from './source.ts'
import { type Conversion, conversionOf } from './units.ts'

type ShownKey = SourceKey & {
  /** Null: in the unit of the data. */
  conversion: Conversion | null
}

/** Where the points of a key come from. */
export type PlannedKey = ShownKey & { from: 'latest' | 'series' | 'comparison' | 'aggregate' }

type EntityPlan = { place: SourcePlace; kind: 'entities'; question: EntityQuestion; keys: readonly PlannedKey[] }

export type SourcePlan =
  | EntityPlan
  | { place: SourcePlace; kind: 'function'; keys: readonly ShownKey[] }
  | { place: SourcePlace; kind: 'count'; question: CountQuestion; keys: readonly ShownKey[] }

export type WidgetPlan =
  | {
      status: 'ready'
      sources: readonly SourcePlan[]
      /** What its settings refer to; the widget does not wait for it. */
      asides: readonly EntityPlan[]
      series: SeriesPlan
      comparison: SeriesPlan | null
      draws: boolean
    }
  | { status: 'empty'; why: Unresolved | { reason: 'noDatasource' } }

export type PlanInput = {
  widget: DashboardWidget
  manifest: WidgetManifest
  context: DataContext
  window: TimeWindowModel
  now: number
  viewerZone: string
  /** Raw points that draw the same line on this screen as all of them. */
  thinTo: number
  system: UnitSystem
}

/** Of one datasource, unless the widget or its kind says otherwise. */
const usualPageSize = 1_024
const largestPageSize = 10_000

const pageSizeOf = ({ widget, manifest }: PlanInput, single: boolean): number =>
  single ? 1 : Math.max(1, Math.min(largestPageSize, manifest.limits?.entities ?? widget.pageSize ?? usualPageSize))

/** What a key lacks of units and decimals is the widget's. Counts have no unit of the data. */
const completed = (key: DashboardDataKey, { widget, system }: PlanInput): Pick<ShownKey, 'dataKey' | 'conversion'> => {
  const isOwn = Boolean(key.units) || key.unitSetting !== null
  const unitSetting = isOwn ? key.unitSetting : widget.unitSetting
  const conversion = key.aggregation === 'COUNT' ? null : conversionOf(unitSetting, system)
  const units = conversion?.to ?? (isOwn ? key.units : widget.units)
  const dataKey = withExtrasOf(key, widget.raw.config)
  return { dataKey: { ...dataKey, units, unitSetting, decimals: key.decimals ?? widget.decimals }, conversion }
}

/** What the chart compares with, by its settings. */
const comparisonOf = ({ settings }: DashboardWidget): SeriesPlan['shift'] => {
  if (settings.comparisonEnabled !== true) return null
  const by = comparisons.find((one) => one === settings.timeForComparison) ?? 'previousInterval'
  const custom = settings.comparisonCustomIntervalValue
  return { by, customMs: typeof custom === 'number' && custom > 0 ? custom : null }
}

const isCompared = (key: DashboardDataKey): boolean => {
  const own = key.settings.comparisonSettings
  return !(
    typeof own === 'object' &&
    own !== null &&
    'showValuesForComparison' in own &&
    own.showValuesForComparison === false
  )
}

const plannedKeys = (datasource: DashboardDatasource, input: PlanInput, isCompareOn: boolean): PlannedKey[] => {
  const { manifest } = input
  const most = manifest.limits?.keys ?? Number.POSITIVE_INFINITY
  const main = datasource.dataKeys.slice(0, most).map((key) => completed(key, input))
  const beside = datasource.latestDataKeys.map((key) => completed(key, input))
  const isSeries = manifest.data === 'series'
  return [
    ...main.map((key, place): PlannedKey => {
      const { dataKey } = key
      const from = isSeries && dataKey.type === 'timeseries' ? 'series' : isAggregated(dataKey) ? 'aggregate' : 'latest'
      return { ...key, place, role: 'main', from }
    }),
    ...main.flatMap((key, place): PlannedKey[] =>
      isSeries && isCompareOn && key.dataKey.type === 'timeseries' && isCompared(key.dataKey)
        ? [{ ...key, place, role: 'comparison', from: 'comparison' }]
        : [],
    ),
    ...(isSeries
      ? beside.map(
          (key, place): PlannedKey => ({
            ...{ ...key, place, role: 'beside' },
            from: isAggregated(key.dataKey) ? 'aggregate' : 'latest',
          }),
        )
      : []),
  ]
}

export const isAggregated = (
  key: DashboardDataKey,
): key is DashboardDataKey & { aggregation: NonNullable<DashboardDataKey['aggregation']> } =>
  key.type === 'timeseries' && key.aggregation !== null

/** A count that a file gives no key has one all the same. */
const countKeys = (datasource: DashboardDatasource, input: PlanInput): ShownKey[] => {
  const keys = datasource.dataKeys.length > 0 ? datasource.dataKeys : [plainCount]
  return keys.slice(0, 1).map((key) => ({ ...completed(key, input), role: 'main', place: 0 }))
}

const plainKey = (name: string, type: DashboardDataKey['type']): DashboardDataKey => ({
  ...{ name, type, label: '', settings: {} },
  ...{ unitSetting: null, funcBody: null, postFuncBody: null, aggregation: null, comparison: null },
})
const plainCount = plainKey('count', 'count')

/** Entities behind one limit: more lines than these nobody tells apart. */
const mostLimits = 16

const asideKey = (name: string, type: DashboardDataKey['type'], place: number): PlannedKey => ({
  ...{ dataKey: plainKey(name, type), conversion: null },
  ...{ place, role: 'beside', from: 'latest' },
})

/** Keys of the widget's own entities that settings refer to and that do not come anyway. */
const ownAsides = (source: EntityPlan, asked: readonly ValueSource[], draws: boolean): EntityPlan[] => {
  const comes = ({ latestKey }: ValueSource) =>
    source.keys.some(({ dataKey, role }) => dataKey.name === latestKey && (role === 'beside' || !draws))
  const keys = asked
    .filter((one) => one.type === 'latestKey' && !comes(one))
    .map((one, at) => asideKey(one.latestKey, one.latestKeyType, source.keys.length + at))
  return keys.length > 0 ? [{ ...source, keys }] : []
}

/** Keys of other aliases; an alias that leads to nobody is no source. */
const aliasAsides = (asked: readonly ValueSource[], { context }: PlanInput): EntityPlan[] => {
  const keys = asked.map((source, place) => ({ source, key: asideKey(source.entityKey, source.entityKeyType, place) }))
  const ofAliases = Map.groupBy(
    keys.filter(({ source }) => source.type === 'entity'),
    ({ source }) => source.entityAlias,
  )
  return [...ofAliases].flatMap(([name, some]): EntityPlan[] => {
    const alias = [...context.document.aliases.values()].find((one) => one.alias === name)
    const resolved = alias && resolveAlias(alias.id, context)
    if (resolved?.status !== 'ready') return []
    const question = { ...resolved.question, pageSize: resolved.single ? 1 : mostLimits }
    return [{ kind: 'entities', place: { index: -1, name }, question, keys: some.map(({ key }) => key) }]
  })
}

const planAsides = (sources: readonly SourcePlan[], input: PlanInput): EntityPlan[] => {
  const asked = sourcesAskedBy(input.widget, input.manifest)
  if (asked.length === 0) return []
  const draws = input.manifest.data === 'series'
  return [
    ...sources.flatMap((source) => (source.kind === 'entities' ? ownAsides(source, asked, draws) : [])),
    ...aliasAsides(asked, input),
  ]
}

type Planned = { plan: SourcePlan } | { why: Unresolved }

const planSource = (
  datasource: DashboardDatasource,
  index: number,
  input: PlanInput,
  isCompareOn: boolean,
): Planned => {
  const { context } = input
  const place = { index, name: datasource.name }
  if (datasource.type === 'function') {
    const keys = datasource.dataKeys.map((key, at): ShownKey => ({ ...completed(key, input), role: 'main', place: at }))
    return { plan: { kind: 'function', place, keys } }
  }
  const isOfAll = datasource.type === 'alarmCount' && datasource.entityAliasId === null && datasource.deviceId === null
  if (isOfAll)
    return {
      plan: {
        ...{ kind: 'count', place },
        question: { kind: 'alarm-count', query: null, filter: datasource.alarmFilter },
        keys: countKeys(datasource, input),
      },
    }
  const resolved = resolveDatasource(datasource, context)
  if (resolved.status === 'unresolved') return { why: resolved }
  const named = { index, name: resolved.name || datasource.name }
  if (datasource.type === 'entityCount' || datasource.type === 'alarmCount') {
    const query: EntityCountQuery = resolved.question
    const question: CountQuestion =
      datasource.type === 'entityCount'
        ? { kind: 'entity-count', query }
        : { kind: 'alarm-count', query, filter: datasource.alarmFilter }
    return { plan: { kind: 'count', place: named, question, keys: countKeys(datasource, input) } }
  }
  const question = { ...resolved.question, pageSize: pageSizeOf(input, resolved.single) }
  return { plan: { kind: 'entities', place: named, question, keys: plannedKeys(datasource, input, isCompareOn) } }
}

/** A legend of averages or totals needs every point. */
const isSummedUp = ({ settings }: DashboardWidget): boolean => {
  const { showLegend, legendConfig } = settings
  if (showLegend === false || typeof legendConfig !== 'object' || legendConfig === null) return false
  return ['showAvg', 'showTotal'].some((name) => Reflect.get(legendConfig, name) === true)
}

/** What a widget asks for, or why it asks for nothing. */
export const planWidget = (input: PlanInput): WidgetPlan => {
  const { manifest, widget } = input
  const draws = manifest.data === 'series'
  const series = planSeries(input.window, {
    ...{ now: input.now, viewerZone: input.viewerZone },
    thinTo: manifest.points?.thinned && !isSummedUp(widget) ? input.thinTo : null,
    withPrevious: manifest.points?.withPrevious ?? false,
  })
  const shift = draws ? comparisonOf(widget) : null
  const ready = (sources: readonly SourcePlan[]): WidgetPlan => ({
    ...{ status: 'ready', sources, asides: planAsides(sources, input), series, draws },
    comparison: shift && { ...series, shift, withPrevious: false },
  })
  if (manifest.data === 'none' || manifest.data === 'page' || manifest.data === 'alarms') return ready([])
  const sources = widget.datasources.slice(0, manifest.limits?.datasources)
  const isOptional = manifest.limits?.datasourcesOptional === true || manifest.data === 'control'
  if (sources.length === 0) return isOptional ? ready([]) : { status: 'empty', why: { reason: 'noDatasource' } }
  const planned = sources.map((source, index) => planSource(source, index, input, shift !== null))
  const plans = planned.flatMap((one) => ('plan' in one ? [one.plan] : []))
  const [first] = planned.flatMap((one) => ('why' in one ? [one.why] : []))
  return plans.length === 0 && first && !isOptional ? { status: 'empty', why: first } : ready(plans)
}

/** The part of a plan that says whose values these are: as long as it is the same, former values may stand in. */
export const askedOf = (plan: WidgetPlan): unknown =>
  plan.status === 'ready'
    ? plan.sources.map((source) => (source.kind === 'function' ? source.place : [source.place, source.question]))
    : plan.why
