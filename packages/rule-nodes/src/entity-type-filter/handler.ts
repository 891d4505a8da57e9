import { defineHandler, perMessage } from '@thingwire/rules'
import { entityTypeFilter } from './manifest.ts'

export const entityTypeFilterHandler = defineHandler(entityTypeFilter, ({ originatorTypes }) => {
  const wanted = new Set(originatorTypes)
  return perMessage((message) => [
    { message, connection: wanted.has(message.originator.entityType) ? 'True' : 'False' },
  ])
})
