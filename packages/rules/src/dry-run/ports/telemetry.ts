import type { EntityId, TsKvEntry } from '@thingwire/contracts'
import type { TelemetryPort, TelemetrySave } from '../../ports.ts'

export type TelemetryReads = Pick<TelemetryPort, 'latest' | 'history'>

/** Latest values as they are stored, with those that were saved on the way; history is that of the store. */
export const dryTelemetry = (reads: TelemetryReads | undefined) => {
  const saved = new Map<string, Map<string, TsKvEntry>>()
  const placeOf = ({ entityType, id }: EntityId) => `${entityType}/${id}`

  const latest: TelemetryReads['latest'] = async (queries) => {
    const stored = reads ? await reads.latest(queries) : queries.map(() => [])
    return queries.map(({ entityId, keys }, index) =>
      keys.flatMap((key) => {
        const own = saved.get(placeOf(entityId))?.get(key)
        const real = stored[index]?.find((entry) => entry.key === key)
        return (own && real && real.ts > own.ts ? real : (own ?? real)) ?? []
      }),
    )
  }
  return {
    reads: {
      latest,
      history: reads?.history ?? (async (queries) => queries.map(() => new Map())),
    } satisfies TelemetryReads,
    remember: ({ entityId, entries, saveLatest }: TelemetrySave) => {
      if (!saveLatest) return
      const values = saved.get(placeOf(entityId)) ?? new Map<string, TsKvEntry>()
      saved.set(placeOf(entityId), values)
      for (const entry of entries) if ((values.get(entry.key)?.ts ?? entry.ts) <= entry.ts) values.set(entry.key, entry)
    },
  }
}
