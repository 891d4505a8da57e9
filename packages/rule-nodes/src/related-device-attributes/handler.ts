import type { EntityId } from '@thingwire/contracts'
import { defineHandler, type Ports } from '@thingwire/rules'
import type { z } from 'zod'
import { attributeFetcher } from '../enriching/attributes.ts'
import { searchOf } from '../enriching/fields.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { relatedDeviceAttributes } from './manifest.ts'

export const relatedDeviceAttributesHandler = defineHandler(relatedDeviceAttributes, (config, { ports }) => {
  const fetcher = attributeFetcher(config, ports)
  return inBatches({
    plan: (message) => ({ originator: message.originator, keys: fetcher.wanted(message) }),
    read: async (plans) => {
      const devices = await firstDevices(
        plans.map(({ originator }) => originator),
        config.deviceRelationsQuery,
        ports,
      )
      const found = await fetcher.find(plans.map(({ keys }, index) => ({ entityId: devices[index] ?? null, keys })))
      return found.map((values, index) => ({ device: devices[index] ?? null, values }))
    },
    finish: (message, { device, values }, { keys }) => {
      if (!device) throw new Error('No device is related to the originator as the relations query says')
      return [fetcher.departure(message, keys, values)]
    },
  })
})

type Query = z.output<typeof relatedDeviceAttributes.config>['deviceRelationsQuery']

/** For each root the first device that is found and of one of the profiles. */
const firstDevices = async (
  roots: readonly EntityId[],
  { deviceTypes, relationType, ...query }: Query,
  { relations, entities }: Pick<Ports, 'relations' | 'entities'>,
): Promise<(EntityId | null)[]> => {
  const filters = [{ relationType, entityTypes: ['DEVICE' as const], negate: false }]
  const found = await relations.search(roots.map((root) => searchOf(root, { ...query, filters })))
  const distinct = [...new Map(found.flat().map((id) => [id.id, id])).values()]
  if (distinct.length === 0) return found.map(() => null)
  const summaries = await entities.summaries(distinct)
  const profiles = new Map(summaries.flatMap((one) => (one ? [[one.id.id, one.profileName ?? ''] as const] : [])))
  const fits = ({ id }: EntityId): boolean => {
    const profile = profiles.get(id)
    return profile !== undefined && (deviceTypes.length === 0 || deviceTypes.includes(profile))
  }
  return found.map((ids) => ids.find(fits) ?? null)
}
