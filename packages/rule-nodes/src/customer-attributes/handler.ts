import { defineHandler } from '@thingwire/rules'
import { customersOf, requireAssignable } from '../enriching/customer-of.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { mappedFetcher } from '../enriching/mapped-values.ts'
import { customerAttributes } from './manifest.ts'

export const customerAttributesHandler = defineHandler(customerAttributes, (config, { ports }) => {
  const fetcher = mappedFetcher(config, ports)
  return inBatches({
    plan: (message) => ({ originator: requireAssignable(message), mapped: fetcher.wanted(message) }),
    read: async (plans) => {
      const customers = await customersOf(
        plans.map(({ originator }) => originator),
        ports,
      )
      const found = await fetcher.find(
        plans.map(({ mapped }, index) => ({ entityId: customers[index] ?? null, mapped })),
      )
      return found.map((values, index) => ({ customer: customers[index] ?? null, values }))
    },
    finish: (message, { customer, values }) => {
      const { entityType, id } = message.originator
      if (!customer) throw new Error(`Failed to find customer for entity with id: ${id} and type: ${entityType}`)
      return [{ message: fetcher.enriched(message, values), connection: 'Success' }]
    },
  })
})
