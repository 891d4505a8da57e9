import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { withoutCacheExpiration } from '../relating/upgrades.ts'

export const assignToCustomer = defineNode({
  type: 'assign-to-customer',
  className: 'org.thingsboard.rule.engine.action.TbAssignToCustomerNode',
  name: 'assign to customer',
  description: 'Assigns the originator to a customer, by the customer’s title.',
  category: 'action',
  icon: 'user-plus',
  configVersion: 1,
  config: z.object({
    customerNamePattern: z
      .string()
      .nullish()
      .transform((name) => name ?? '')
      .meta({
        title: 'Customer',
        description: 'Its title.',
        isPattern: true,
        suggest: 'customers',
      }),
    createCustomerIfNotExists: z
      .boolean()
      .default(false)
      .meta({ title: 'Create missing customers', description: 'Make the customer when there is none of that title.' }),
  }),
  defaults: { customerNamePattern: '', createCustomerIfNotExists: false },
  connections: ['Success'],
  upgrades: { 0: withoutCacheExpiration('customerCacheExpiration') },
})
