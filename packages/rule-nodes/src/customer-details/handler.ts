import { type EntityType, entityId } from '@thingwire/contracts'
import { defineHandler } from '@thingwire/rules'
import { detailsOf, requireDetails } from '../enriching/contact-details.ts'
import { objectOf, withFound } from '../enriching/fetch-to.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { customerDetails } from './manifest.ts'

/** Kinds of originators, as they are called in errors. */
const supported: Partial<Record<EntityType, string>> = {
  DEVICE: 'Device',
  ASSET: 'Asset',
  ENTITY_VIEW: 'Entity View',
  USER: 'User',
  EDGE: 'Edge',
}

export const customerDetailsHandler = defineHandler(customerDetails, ({ fetchTo, detailsList }, { ports }) => {
  requireDetails(detailsList)
  return inBatches({
    plan: (message) => {
      const { entityType } = message.originator
      if (!supported[entityType]) throw new Error(`Entity with entityType '${entityType}' is not supported.`)
      if (fetchTo === 'DATA') objectOf(message)
      return message.originator
    },
    read: async (originators) => {
      const summaries = await ports.entities.summaries(originators)
      const owners = summaries.flatMap((one) => (one?.customerId ? [one.customerId] : []))
      const distinct = [...new Set(owners)].map((id) => entityId('CUSTOMER', id))
      const customers = distinct.length > 0 ? await ports.entities.read(distinct) : []
      const byId = new Map(distinct.map(({ id }, index) => [id, customers[index] ?? null]))
      return summaries.map((summary) => ({ summary, customer: byId.get(summary?.customerId ?? '') ?? null }))
    },
    finish: (message, { summary, customer }) => {
      if (summary && summary.customerId === null) {
        const type = supported[message.originator.entityType] ?? message.originator.entityType
        throw new Error(`${type} with name '${summary.name}' is not assigned to Customer!`)
      }
      // Who was deleted meanwhile has no details; that is no failure (as ThingsBoard).
      if (!customer) return [{ message, connection: 'Success' }]
      const found = detailsOf(customer, detailsList, 'customer_')
      return [{ message: withFound(message, fetchTo, found), connection: 'Success' }]
    },
  })
})
