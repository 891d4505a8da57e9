import type { AttributeScope, EntityId, KvEntry, Message, TsKvEntry } from '@thingwire/contracts'
import { type Departure, kvValueToJson, type Ports } from '@thingwire/rules'
import { z } from 'zod'
import { type FetchTo, type Found, fetchToOf, fetchToSchema, objectOf, withFound } from './fetch-to.ts'
import { textsSchema } from './fields.ts'
import { type FillPatterns, patternsOf } from './patterns.ts'
import { oldFlag } from '../old-flag.ts'

const names = (kind: string, prefix: string, suggest = 'attribute-keys') =>
  textsSchema({
    title: kind,
    description: `Keys to add, ${prefix}.`,
    isPattern: true,
    suggest,
  })

/** Which attributes and latest values a node adds, and where. */
export const attributeSettings = {
  fetchTo: fetchToSchema,
  clientAttributeNames: names('Client attributes', 'under their names behind cs_'),
  sharedAttributeNames: names('Shared attributes', 'under their names behind shared_'),
  serverAttributeNames: names('Server attributes', 'under their names behind ss_'),
  latestTsKeyNames: names('Latest telemetry', 'under their own names', 'telemetry-keys'),
  tellFailureIfAbsent: z.boolean().default(false).meta({
    title: 'Fail when a key is absent',
    description: 'The message takes Failure when a key has no value; with what was found.',
  }),
  getLatestValueWithTs: z.boolean().default(false).meta({
    title: 'Telemetry with its time',
    description: 'Latest values are added as {"ts", "value"}.',
  }),
}

export const attributeDefaults = {
  fetchTo: 'METADATA' as const,
  clientAttributeNames: [],
  sharedAttributeNames: [],
  serverAttributeNames: [],
  latestTsKeyNames: [],
  tellFailureIfAbsent: true,
  getLatestValueWithTs: false,
}

/** The first version had a flag `fetchToData`. */
export const flagToFetchTo = (old: Record<string, unknown>): Record<string, unknown> => {
  const { fetchToData: _, ...config } = old
  return 'fetchTo' in config ? config : { ...config, fetchTo: fetchToOf(oldFlag(old, 'fetchToData')) }
}

const settings = z.object(attributeSettings)
type Settings = z.output<typeof settings>

/** Keys of one message, by what they are keys of. */
export type WantedKeys = {
  scopes: readonly { scope: AttributeScope; keys: readonly string[] }[]
  latest: readonly string[]
}
export type FoundValues = { attributes: readonly (readonly KvEntry[])[]; latest: readonly TsKvEntry[] }

const prefixes: Record<AttributeScope, string> = { CLIENT_SCOPE: 'cs_', SHARED_SCOPE: 'shared_', SERVER_SCOPE: 'ss_' }

/** The part that nodes which add attributes have in common; they differ in whose attributes. */
export const attributeFetcher = (config: Settings, ports: Pick<Ports, 'attributes' | 'telemetry'>) => {
  const parts = [
    { scope: 'CLIENT_SCOPE' as const, patterns: config.clientAttributeNames },
    { scope: 'SHARED_SCOPE' as const, patterns: config.sharedAttributeNames },
    { scope: 'SERVER_SCOPE' as const, patterns: config.serverAttributeNames },
  ].filter(({ patterns }) => patterns.length > 0)
  // All at once: the data is read once for each message.
  const fill: FillPatterns = patternsOf([...parts.flatMap(({ patterns }) => patterns), ...config.latestTsKeyNames])

  return {
    wanted: (message: Message): WantedKeys => {
      // Before anything is asked for: what cannot be added need not be read.
      if (config.fetchTo === 'DATA') objectOf(message)
      const names = [...fill(message)]
      const next = (count: number) => names.splice(0, count).filter((key) => key !== '')
      return {
        scopes: parts.map(({ scope, patterns }) => ({ scope, keys: next(patterns.length) })),
        latest: next(config.latestTsKeyNames.length),
      }
    },

    /** One call for attributes and one for latest values, whatever the number of messages. Null: of nothing. */
    find: async (wanted: readonly { entityId: EntityId | null; keys: WantedKeys }[]): Promise<FoundValues[]> => {
      const queries = wanted.flatMap(({ entityId, keys }) =>
        entityId ? keys.scopes.map(({ scope, keys }) => ({ entityId, scope, keys })) : [],
      )
      const series = wanted.flatMap(({ entityId, keys: { latest: keys } }) =>
        entityId && keys.length > 0 ? [{ entityId, keys }] : [],
      )
      const attributes = queries.length > 0 ? await ports.attributes.find(queries) : []
      const values = series.length > 0 ? await ports.telemetry.latest(series) : []
      let nextAttributes = 0
      let nextValues = 0
      return wanted.map(({ entityId, keys }) => ({
        attributes: keys.scopes.map(() => (entityId ? (attributes[nextAttributes++] ?? []) : [])),
        latest: entityId && keys.latest.length > 0 ? (values[nextValues++] ?? []) : [],
      }))
    },

    departure: (message: Message, keys: WantedKeys, found: FoundValues): Departure<'Success'> => {
      const list: Found[] = []
      const absent: string[] = []
      for (const [index, { scope, keys: names }] of keys.scopes.entries())
        collect({
          names,
          entries: found.attributes[index] ?? [],
          kind: scope,
          add: (entry) => list.push({ key: prefixes[scope] + entry.key, value: entry }),
          absent,
        })
      collect({
        names: keys.latest,
        entries: found.latest,
        kind: 'LATEST_TS',
        add: (entry) => list.push({ key: entry.key, value: config.getLatestValueWithTs ? withTs(entry) : entry }),
        absent,
      })
      const enriched = list.length > 0 ? withFound(message, config.fetchTo satisfies FetchTo, list) : message
      if (!config.tellFailureIfAbsent || absent.length === 0) return { message: enriched, connection: 'Success' }
      const error = `The following attribute/telemetry keys is not present in the DB: ${absent.join('; ')}`
      return { message: enriched, connection: 'Failure', error }
    },
  }
}

/** In the order in which they are asked for, whatever the order in which they come. */
const collect = <E extends { key: string }>({
  names,
  entries,
  kind,
  add,
  absent,
}: {
  names: readonly string[]
  entries: readonly E[]
  kind: string
  add: (entry: E) => void
  absent: string[]
}) => {
  const missing: string[] = []
  for (const name of names) {
    const entry = entries.find(({ key }) => key === name)
    if (entry) add(entry)
    else missing.push(name)
  }
  if (missing.length > 0) absent.push(`${kind}: ${missing.join(', ')}`)
}

const withTs = (entry: TsKvEntry) => ({
  type: 'JSON' as const,
  value: `{"ts":${entry.ts},"value":${kvValueToJson(entry)}}`,
})
