import { defineHandler, type Settled } from '@thingwire/rules'
import { inBatches } from '../enriching/in-batches.ts'
import { fill } from '../enriching/patterns.ts'
import { customersNamed, requireAssignable } from '../relating/customers.ts'
import { unassignFromCustomer } from './manifest.ts'

export const unassignFromCustomerHandler = defineHandler(unassignFromCustomer, (config, { ports }) =>
  inBatches({
    plan: (message) => {
      const entityId = requireAssignable(message)
      // Only a dashboard may have several, one of which has to be named.
      if (entityId.entityType !== 'DASHBOARD') return { entityId, title: null }
      const title = fill(config.customerNamePattern, message)
      if (title === '') throw new Error('The name of the customer is empty')
      return { entityId, title }
    },
    read: async (plans): Promise<readonly Settled<null>[]> => {
      const customers = await customersNamed(
        ports.entities,
        plans.flatMap(({ title }) => title ?? []),
      )
      const isKnown = plans.map(({ title }) => title === null || customers.has(title))
      const changes = plans.flatMap(({ entityId, title }, index) => {
        if (!isKnown[index]) return []
        const from = title === null ? undefined : customers.get(title)
        return [{ entityId, customerId: null, ...(from !== undefined && { from }) }]
      })
      const done = (changes.length > 0 ? await ports.entityChanges.assign(changes) : []).values()
      return plans.map(({ title }, index): Settled<null> => {
        if (!isKnown[index]) return { ok: false, error: `Customer with name '${title}' doesn't exist!` }
        return done.next().value ?? { ok: false, error: 'The originator is not known' }
      })
    },
    finish: (message, answer) => {
      if (!answer.ok) throw new Error(answer.error)
      return [{ message, connection: 'Success' }]
    },
  }),
)
