import { api } from '@/api/http.ts'
import type { SeriesOutcome, SeriesQuestion } from './series-reads.ts'

/** Puts questions about series to the server; one outcome for each. */
export const askSeries = async (questions: readonly SeriesQuestion[]): Promise<SeriesOutcome[]> => {
  const reads = questions.map(({ entityIds, keys, group, zone, aggregation, ...rest }) => ({
    ...rest,
    ...{ entityIds: [...entityIds], keys: [...keys], agg: aggregation, timeZone: zone },
    ...(typeof group === 'number'
      ? { interval: group, intervalType: 'MILLISECONDS' as const }
      : { interval: 0, intervalType: group }),
  }))
  const answers = await api('POST /api/telemetry/series', { body: { reads } })
  return answers.map(
    (answer): SeriesOutcome => (answer.ok ? { ok: true, series: new Map(Object.entries(answer.series)) } : answer),
  )
}
