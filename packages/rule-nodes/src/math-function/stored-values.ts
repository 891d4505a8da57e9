import type { AttributeScope, EntityId, KvValue, Message } from '@thingwire/contracts'
import type { AttributesSave, Ports, TelemetrySave } from '@thingwire/rules'
import type { z } from 'zod'
import { saveApart } from '../saving/save-apart.ts'
import type { mathFunction } from './manifest.ts'

export type Config = z.output<typeof mathFunction.config>
export type Plan = {
  message: Message
  body: Record<string, unknown> | null
  /** Of the values, and last of the result. */
  keys: readonly string[]
}
export type Calculated = { plan: Plan; value: number; shown: KvValue }

export const keyOfResult = ({ keys }: Plan): string => keys.at(-1) ?? ''

/** Where a stored value stands. */
export const placeOf = (
  { id }: EntityId,
  { type, key, attributeScope }: { type: string; key: string; attributeScope: AttributeScope },
): string => (type === 'ATTRIBUTE' ? `${id} ${attributeScope} ${key}` : `${id} - ${key}`)

/** Stored values that the messages need, by their places. */
export const readValues = async (
  plans: readonly Plan[],
  config: Config,
  { attributes, telemetry }: Pick<Ports, 'attributes' | 'telemetry'>,
): Promise<Map<string, KvValue>> => {
  const known = new Map<string, KvValue>()
  if (!config.arguments.some(({ type }) => type === 'ATTRIBUTE' || type === 'TIME_SERIES')) return known
  const wanted = plans.flatMap(({ message: { originator }, keys }) =>
    config.arguments.map(({ type, attributeScope }, index) => ({
      ...{ type, attributeScope, entityId: originator, key: keys[index] ?? '' },
    })),
  )
  const ofAttributes = [
    ...Map.groupBy(
      wanted.filter(({ type }) => type === 'ATTRIBUTE'),
      ({ entityId, attributeScope }) => `${entityId.entityType} ${entityId.id} ${attributeScope}`,
    ).values(),
  ].flatMap(([first, ...rest]) => (first ? [{ first, keys: keysOnce([first, ...rest]) }] : []))
  const ofSeries = [
    ...Map.groupBy(
      wanted.filter(({ type }) => type === 'TIME_SERIES'),
      ({ entityId }) => `${entityId.entityType} ${entityId.id}`,
    ).values(),
  ].flatMap(([first, ...rest]) => (first ? [{ first, keys: keysOnce([first, ...rest]) }] : []))

  if (ofAttributes.length > 0) {
    const found = await attributes.find(
      ofAttributes.map(({ first, keys }) => ({ entityId: first.entityId, scope: first.attributeScope, keys })),
    )
    for (const [index, { first }] of ofAttributes.entries())
      for (const entry of found[index] ?? []) known.set(placeOf(first.entityId, { ...first, key: entry.key }), entry)
  }
  if (ofSeries.length > 0) {
    const found = await telemetry.latest(ofSeries.map(({ first, keys }) => ({ entityId: first.entityId, keys })))
    for (const [index, { first }] of ofSeries.entries())
      for (const entry of found[index] ?? []) known.set(placeOf(first.entityId, { ...first, key: entry.key }), entry)
  }
  return known
}

const keysOnce = (list: readonly { key: string }[]): string[] => [...new Set(list.map(({ key }) => key))]

/** Why results could not be stored. */
export const store = async (
  done: readonly Calculated[],
  { result }: Config,
  { attributes, telemetry, clock }: Pick<Ports, 'attributes' | 'telemetry' | 'clock'>,
): Promise<Map<Calculated, string>> => {
  const now = clock.now()
  if (result.type === 'ATTRIBUTE') {
    const { attributeScope: scope } = result
    return saveApart(done, (items) =>
      attributes.save(
        items.map(({ plan, shown }): AttributesSave => {
          const { originator } = plan.message
          return {
            ...{ entityId: originator, scope, entries: [{ key: keyOfResult(plan), ...shown }], ts: now },
            ...{ save: true, notifyLive: true },
            notifyDevice: scope === 'SHARED_SCOPE' && originator.entityType === 'DEVICE',
          }
        }),
      ),
    )
  }
  if (result.type !== 'TIME_SERIES') return new Map()
  const times = timesOf(done, now)
  return saveApart(done, (items) =>
    telemetry.save(
      items.map(
        (one): TelemetrySave => ({
          entityId: one.plan.message.originator,
          entries: [{ key: result.key, type: 'DOUBLE', value: one.value, ts: times.get(one) ?? now }],
          ...{ ttlSeconds: 0, saveTimeseries: true, saveLatest: true, notifyLive: true },
        }),
      ),
    ),
  )
}

/** Results of one originator that come together stand a millisecond apart, the last one now: each is a point of its own. */
const timesOf = (done: readonly Calculated[], now: number): Map<Calculated, number> => {
  const times = new Map<Calculated, number>()
  const later = new Map<string, number>()
  for (const one of done.toReversed()) {
    const { id } = one.plan.message.originator
    const behind = later.get(id) ?? 0
    times.set(one, now - behind)
    later.set(id, behind + 1)
  }
  return times
}
