import { defineHandler, type Settled } from '@thingwire/rules'
import { inBatches } from '../enriching/in-batches.ts'
import { fill } from '../enriching/patterns.ts'
import { customersNamed, requireAssignable } from '../relating/customers.ts'
import { assignToCustomer } from './manifest.ts'

export const assignToCustomerHandler = defineHandler(assignToCustomer, (config, { ports, nodeId }) => {
  const { entities, entityChanges } = ports

  /** Ids of the customers, or why there is none. */
  const customersOf = async (titles: readonly string[]): Promise<Map<string, Settled<string>>> => {
    const known = await customersNamed(entities, titles)
    const missing = [...new Set(titles)].filter((title) => !known.has(title))
    const made =
      config.createCustomerIfNotExists && missing.length > 0
        ? await entityChanges.obtain(
            nodeId,
            missing.map((name) => ({ entityType: 'CUSTOMER', name, profileName: null })),
          )
        : missing.map((title) => ({ ok: false as const, error: `Customer with name '${title}' doesn't exist!` }))
    const answers = new Map<string, Settled<string>>()
    for (const [title, value] of known) answers.set(title, { ok: true, value })
    for (const [index, title] of missing.entries()) {
      const one = made[index]
      if (one) answers.set(title, one.ok ? { ok: true, value: one.value.id } : one)
    }
    return answers
  }

  return inBatches({
    plan: (message) => {
      const entityId = requireAssignable(message)
      const title = fill(config.customerNamePattern, message)
      if (title === '') throw new Error('The name of the customer is empty')
      return { entityId, title }
    },
    read: async (plans): Promise<readonly Settled<null>[]> => {
      const customers = await customersOf(plans.map(({ title }) => title))
      const found = plans.map(({ title }) => customers.get(title))
      const changes = plans.flatMap(({ entityId }, index) => {
        const customer = found[index]
        return customer?.ok ? [{ entityId, customerId: customer.value }] : []
      })
      const done = (changes.length > 0 ? await entityChanges.assign(changes) : []).values()
      return found.map((customer): Settled<null> => {
        if (customer && !customer.ok) return customer
        return done.next().value ?? { ok: false, error: 'The customer is not known' }
      })
    },
    finish: (message, answer) => {
      if (!answer.ok) throw new Error(answer.error)
      return [{ message, connection: 'Success' }]
    },
  })
})
