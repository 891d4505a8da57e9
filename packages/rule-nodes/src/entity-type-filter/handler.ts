import type { EntityType } from '@thingwire/contracts'
import { defineHandler, perMessage } from '@thingwire/rules'
import { entityTypeFilter } from './manifest.ts'

export const entityTypeFilterHandler = defineHandler(entityTypeFilter, ({ originatorTypes }) => {
  const wanted = new Set<EntityType>(originatorTypes)
  return perMessage((message) => [
    { message, connection: wanted.has(message.originator.entityType) ? 'True' : 'False' },
  ])
})
