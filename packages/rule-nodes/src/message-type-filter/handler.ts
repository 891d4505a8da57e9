import { defineHandler, perMessage } from '@thingwire/rules'
import { messageTypeFilter } from './manifest.ts'

export const messageTypeFilterHandler = defineHandler(messageTypeFilter, ({ messageTypes }) => {
  const wanted = new Set(messageTypes)
  return perMessage((message) => [{ message, connection: wanted.has(message.type) ? 'True' : 'False' }])
})
