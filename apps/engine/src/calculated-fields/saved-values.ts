import type { AttributeScope, EntityId } from '@thingwire/contracts'
import type { AttributesSave, TelemetrySave } from '@thingwire/rules'
import type { FieldUpdate } from './field-messages.ts'

/** What alarm rules hear of telemetry: what was received at one time is one piece of news, the oldest first. */
export const telemetryUpdates = (
  saves: readonly Pick<TelemetrySave, 'entityId' | 'entries' | 'calculatedFields'>[],
): FieldUpdate[] =>
  saves.flatMap(({ entityId, entries, calculatedFields }) =>
    calculatedFields
      ? [...Map.groupBy(entries, ({ ts }) => ts)]
          .toSorted(([a], [b]) => a - b)
          .map(([ts, own]) => ({
            of: entityId,
            scope: null,
            entries: own.map(({ key, ts: _, ...value }) => ({ key, ts, value })),
          }))
      : [],
  )

export const attributeUpdates = (
  saves: readonly Pick<AttributesSave, 'entityId' | 'scope' | 'entries' | 'ts' | 'calculatedFields'>[],
): FieldUpdate[] =>
  saves.flatMap(({ entityId, scope, entries, ts, calculatedFields }) =>
    calculatedFields
      ? [{ of: entityId, scope, entries: entries.map(({ key, ...value }) => ({ key, ts, value })) }]
      : [],
  )

/** @param removed Names of those that were there, by removal */
export const removalUpdates = (
  removals: readonly { entityId: EntityId; scope: AttributeScope | null }[],
  removed: readonly (readonly string[])[],
  nowMs: number,
): FieldUpdate[] =>
  removals.flatMap(({ entityId, scope }, index) => {
    const keys = removed[index] ?? []
    return keys.length > 0
      ? [{ of: entityId, scope, entries: keys.map((key) => ({ key, ts: nowMs, value: null })) }]
      : []
  })
