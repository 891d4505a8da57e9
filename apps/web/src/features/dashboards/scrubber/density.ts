import type { EntityId, LivePoint } from '@thingwire/contracts'
import type { DashboardDocument, StateEntry } from '@thingwire/dashboards'
import type { EntityPicks, FilterValues } from '../data/resolve.ts'
import { resolveDatasource } from '../data/resolve.ts'
import type { SeriesOutcome, SeriesQuestion } from '../data/series-reads.ts'
import type { TravelRange } from './travel-clock.ts'

export const columns = 120
/** A picture of when something came needs not all: so many entities and keys stand for the rest. */
const mostEntities = 12
const mostKeys = 6

type Sample = { entityIds: readonly EntityId[]; keys: readonly string[] }
type Context = { document: DashboardDocument; stack: readonly StateEntry[]; filters: FilterValues; picks: EntityPicks }

/** The filters and keys whose points tell when something came: of the first sources of the board that have series. */
export const sourcesOf = (context: Context) => {
  const found = [...context.document.widgets.values()].flatMap(({ datasources }) =>
    datasources.flatMap((source) => {
      const keys = source.dataKeys.flatMap(({ type, name }) => (type === 'timeseries' ? [name] : []))
      const answer = keys.length > 0 ? resolveDatasource(source, context) : null
      return answer?.status === 'ready' ? [{ question: answer.question, keys }] : []
    }),
  )
  const [first] = found
  if (!first) return null
  const same = found.filter(({ question }) => JSON.stringify(question) === JSON.stringify(first.question))
  return { question: first.question, keys: [...new Set(same.flatMap(({ keys }) => keys))].slice(0, mostKeys) }
}

/** How many points there were in each part of a range, as shares of the most. */
export const readDensity = async (
  sample: Sample,
  { startTs, endTs }: TravelRange,
  ask: (questions: readonly SeriesQuestion[]) => Promise<readonly SeriesOutcome[]>,
): Promise<readonly number[]> => {
  const width = Math.max(1, Math.ceil((endTs - startTs) / columns))
  const [outcome] = await ask([
    {
      ...{ entityIds: sample.entityIds.slice(0, mostEntities), keys: [...sample.keys], startTs, endTs },
      ...{ aggregation: 'COUNT', group: width, zone: 'UTC', limit: columns + 1, thinTo: null, withPrevious: false },
    },
  ])
  if (!outcome?.ok) return []
  const lists: readonly (readonly LivePoint[])[] = [...outcome.series.values()].flatMap((byKey) => Object.values(byKey))
  return sharesOf(lists, { startTs, endTs }, width)
}

export const sharesOf = (
  lists: readonly (readonly LivePoint[])[],
  { startTs }: TravelRange,
  width: number,
): readonly number[] => {
  const counts = new Array<number>(columns).fill(0)
  for (const list of lists)
    for (const [ts, value] of list) {
      const at = Math.min(columns - 1, Math.max(0, Math.floor((ts - startTs) / width)))
      counts[at] = (counts[at] ?? 0) + (Number(value) || 0)
    }
  const most = Math.max(...counts)
  return most > 0 ? counts.map((count) => count / most) : []
}
