import { defineHandler } from '@thingwire/rules'
import { searchOf } from '../enriching/fields.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { mappedFetcher } from '../enriching/mapped-values.ts'
import { relatedEntityData } from './manifest.ts'

export const relatedEntityDataHandler = defineHandler(relatedEntityData, (config, { ports }) => {
  const fetcher = mappedFetcher(config, ports)
  return inBatches({
    plan: (message) => ({
      search: searchOf(message.originator, config.relationsQuery),
      mapped: fetcher.wanted(message),
    }),
    read: async (plans) => {
      const related = (await ports.relations.search(plans.map(({ search }) => search))).map(([first]) => first ?? null)
      const found = await fetcher.find(plans.map(({ mapped }, index) => ({ entityId: related[index] ?? null, mapped })))
      return found.map((values, index) => ({ entity: related[index] ?? null, values }))
    },
    finish: (message, { entity, values }) => {
      if (!entity) throw new Error('No entity is related to the originator as the relations query says')
      return [{ message: fetcher.enriched(message, values), connection: 'Success' }]
    },
  })
})
