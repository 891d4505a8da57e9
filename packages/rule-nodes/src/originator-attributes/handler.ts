import { defineHandler } from '@thingwire/rules'
import { attributeFetcher } from '../enriching/attributes.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { originatorAttributes } from './manifest.ts'

export const originatorAttributesHandler = defineHandler(originatorAttributes, (config, { ports }) => {
  const fetcher = attributeFetcher(config, ports)
  return inBatches({
    plan: (message) => ({ entityId: message.originator, keys: fetcher.wanted(message) }),
    read: (plans) => fetcher.find(plans),
    finish: (message, found, { keys }) => [fetcher.departure(message, keys, found)],
  })
})
