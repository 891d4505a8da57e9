import type { DashboardDataKey } from '@thingwire/dashboards'
import type { WidgetSeries } from '@thingwire/widgets/manifests'
import { createUnitConverter } from './units.ts'
import type { PlannedKey, SourcePlan, WidgetPlan } from './widget-plan.ts'

type ReadyPlan = Extract<WidgetPlan, { status: 'ready' }>

/** What of a key decides which values come. */
const askedKey = ({ name, type, funcBody, postFuncBody, aggregation, comparison }: DashboardDataKey) => ({
  ...{ name, type, label: '', settings: {}, unitSetting: null },
  ...{ funcBody, postFuncBody, aggregation, comparison },
})

const bareKey = <T extends { dataKey: DashboardDataKey }>(key: T): T => ({
  ...key,
  dataKey: askedKey(key.dataKey),
  conversion: null,
})

const bareSource = (source: SourcePlan): SourcePlan =>
  source.kind === 'entities'
    ? { ...source, keys: source.keys.map(bareKey) }
    : { ...source, keys: source.keys.map(bareKey) }

/** What a plan asks for, without how it is shown: labels, colours, units and the settings of keys are no reason to read again. */
export const barePlan = (plan: ReadyPlan): ReadyPlan => ({ ...plan, sources: plan.sources.map(bareSource) })

type Look = Pick<PlannedKey, 'dataKey' | 'conversion'>

/** The key that a series is of now; a series of a former plan may stand at another place, or be of no key any more. */
const lookOf = (plan: ReadyPlan, { datasource, dataKey, role, id }: WidgetSeries): Look | null => {
  const source = plan.sources.find(({ place }) => place.index === datasource)
  const keys = (source?.keys ?? []).filter(
    (key) => key.role === role && key.dataKey.name === dataKey.name && key.dataKey.type === dataKey.type,
  )
  return keys.find(({ place }) => id.startsWith(`${datasource}/${role}/${place}/`)) ?? keys[0] ?? null
}

/**
 * Gives the series of a bare plan the labels, colours and units of the plan. A series stays the same object as long as it
 * and its key do. Null: none of them is of a key that is still there.
 */
export const createDresser = () => {
  const convert = createUnitConverter()
  const known = new WeakMap<WidgetSeries, { look: Look; dressed: WidgetSeries }>()
  return (series: readonly WidgetSeries[], plan: ReadyPlan): readonly WidgetSeries[] | null => {
    const dressed = series.flatMap((bare): WidgetSeries[] => {
      const look = lookOf(plan, bare)
      if (!look) return []
      const before = known.get(bare)
      if (before?.look === look) return [before.dressed]
      const points = look.conversion ? convert(bare.points, look.conversion) : bare.points
      const made = { ...bare, dataKey: look.dataKey, points }
      known.set(bare, { look, dressed: made })
      return [made]
    })
    return dressed.length === 0 && series.length > 0 ? null : dressed
  }
}
