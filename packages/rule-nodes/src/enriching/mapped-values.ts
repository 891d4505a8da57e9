import { AppError, type EntityId, type Message } from '@thingwire/contracts'
import type { Ports } from '@thingwire/rules'
import { z } from 'zod'
import { entityFieldText } from './entity-fields.ts'
import { type FetchTo, type Found, fetchToSchema, objectOf, withFound } from './fetch-to.ts'
import { mappingSchema } from './fields.ts'
import { patternsOf } from './patterns.ts'
import { oldFlag } from '../old-flag.ts'

export const mappingFields = {
  fetchTo: fetchToSchema,
  dataMapping: mappingSchema({
    title: 'Keys',
    description: 'What to read, and under which key to add it.',
    isPattern: true,
    suggest: 'keys',
    columns: ['Key to read', 'Key to add'],
  }),
}

export const valueSourceSchema = z.enum(['ATTRIBUTES', 'LATEST_TELEMETRY']).meta({
  title: 'Read',
  description: 'Server attributes, or the latest telemetry.',
  words: { ATTRIBUTES: 'Server attributes', LATEST_TELEMETRY: 'Latest telemetry' },
})

/** The first version: `attrMapping`, and a flag for telemetry. */
export const upgradeMapping = (config: Record<string, unknown>): Record<string, unknown> => {
  const { attrMapping, telemetry: _, ...rest } = config
  if ('dataMapping' in config && 'dataToFetch' in config) return config
  if (typeof attrMapping !== 'object' || attrMapping === null) throw new Error('attrMapping is no object')
  return {
    ...rest,
    dataMapping: attrMapping,
    dataToFetch: oldFlag(config, 'telemetry') ? 'LATEST_TELEMETRY' : 'ATTRIBUTES',
    fetchTo: 'METADATA',
  }
}

type Settings = {
  fetchTo: FetchTo
  dataMapping: Readonly<Record<string, string>>
  dataToFetch: 'ATTRIBUTES' | 'LATEST_TELEMETRY' | 'FIELDS'
}

/** What is read under which name, and added under which. */
export type Mapped = readonly { source: string; target: string }[]

/** The part that nodes with a mapping have in common; they differ in whose values they read. */
export const mappedFetcher = (
  { fetchTo, dataMapping, dataToFetch }: Settings,
  ports: Pick<Ports, 'attributes' | 'telemetry' | 'entities'>,
) => {
  const pairs = Object.entries(dataMapping)
  if (pairs.length === 0) throw new AppError('RULE_CHAIN_INVALID', 'At least one mapping entry should be specified!')
  const sourceNames = pairs.map(([source]) => source)
  // Fields are named as they are; a pattern would make no sense there.
  const fillSources = dataToFetch === 'FIELDS' ? () => sourceNames : patternsOf(sourceNames)
  const fillTargets = patternsOf(pairs.map(([, target]) => target))

  const read = async (wanted: readonly { entityId: EntityId; keys: readonly string[] }[]) => {
    switch (dataToFetch) {
      case 'ATTRIBUTES':
        return ports.attributes.find(wanted.map((one) => ({ ...one, scope: 'SERVER_SCOPE' as const })))
      case 'LATEST_TELEMETRY':
        return ports.telemetry.latest(wanted)
      case 'FIELDS': {
        const entities = await ports.entities.read(wanted.map(({ entityId }) => entityId))
        return wanted.map(({ keys }, index) =>
          keys.flatMap((key) => {
            const text = entityFieldText(entities[index] ?? null, key)
            return text === undefined || text === null || text === ''
              ? []
              : [{ key, type: 'STRING' as const, value: text }]
          }),
        )
      }
    }
  }

  return {
    wanted: (message: Message): Mapped => {
      if (fetchTo === 'DATA') objectOf(message)
      const targets = fillTargets(message)
      return fillSources(message).map((source, index) => ({ source, target: targets[index] ?? '' }))
    },

    /** Values by name; one call for all messages. */
    find: async (wanted: readonly { entityId: EntityId | null; mapped: Mapped }[]): Promise<Found[][]> => {
      const queries = wanted.flatMap(({ entityId, mapped }) =>
        entityId ? [{ entityId, keys: [...new Set(mapped.map(({ source }) => source))] }] : [],
      )
      const lists = queries.length > 0 ? await read(queries) : []
      let next = 0
      return wanted.map(({ entityId, mapped }) => {
        if (!entityId) return []
        const entries = lists[next++] ?? []
        return mapped.flatMap(({ source, target }): Found[] => {
          const entry = entries.find(({ key }) => key === source)
          if (entry) return [{ key: target, value: entry }]
          return dataToFetch === 'LATEST_TELEMETRY' ? [{ key: target, value: null }] : []
        })
      })
    },

    enriched: (message: Message, found: readonly Found[]): Message =>
      found.length > 0 ? withFound(message, fetchTo, found) : message,
  }
}
