import type { WidgetSeries } from '@thingwire/widgets/manifests'
import { canonical } from '../../../data/canonical.ts'
import type { WidgetPlan } from '../../../data/widget-plan.ts'

/** One question that a widget asks the server. */
export type Query = {
  source: string
  /** Of entities and their newest values, of a count, or of points of a key over the window. */
  kind: 'entities' | 'count' | 'series' | 'comparison' | 'aggregate'
  keys: readonly string[]
  /** As it is sent, but for times that move on. */
  question: unknown
}

/** What a plan asks. Functions make their values here, so they ask nothing. */
export const queriesOf = (plan: WidgetPlan): Query[] => {
  if (plan.status !== 'ready') return []
  return [...plan.sources, ...plan.asides].flatMap((source): Query[] => {
    if (source.kind === 'function') return []
    const name = source.place.name
    if (source.kind === 'count') return [{ source: name, kind: 'count', keys: [], question: source.question }]
    const namesFrom = (from: string) => source.keys.flatMap((key) => (key.from === from ? [key.dataKey.name] : []))
    const { question } = source
    const ofPoints = (['series', 'comparison', 'aggregate'] as const).flatMap((kind): Query[] => {
      const keys = namesFrom(kind)
      if (keys.length === 0) return []
      const over = kind === 'comparison' ? plan.comparison : plan.series
      return [{ source: name, kind, keys, question: { ...question, keys, over } }]
    })
    return [{ source: name, kind: 'entities', keys: namesFrom('latest'), question }, ...ofPoints]
  })
}

/** Which questions of others are the same, so that the board asks once for all. */
export const sharedWith = (
  query: Query,
  others: readonly { title: string; queries: readonly Query[] }[],
): readonly string[] => {
  const entities = (one: Query) => canonical({ ...(one.question as object), keys: null, over: null })
  const whole = (one: Query) => canonical(one.question)
  return others.flatMap(({ title, queries }) =>
    queries.some((one) =>
      query.kind === 'entities' || query.kind === 'count'
        ? one.kind === query.kind && entities(one) === entities(query)
        : one.kind === query.kind && whole(one) === whole(query),
    )
      ? [title]
      : [],
  )
}

/** How much there is of what came: series, points, and characters of its JSON. */
export const sizeOf = (series: readonly WidgetSeries[]): { series: number; points: number; characters: number } => {
  const points = series.reduce((sum, one) => sum + one.points.length, 0)
  // Points are many and much alike: the first thousand of each tell the size of the rest.
  const characters = series.reduce((sum, { points: all }) => {
    const some = all.slice(0, 1_000)
    return some.length === 0 ? sum : sum + (JSON.stringify(some).length / some.length) * all.length
  }, 0)
  return { series: series.length, points, characters: Math.round(characters) }
}
