import type { Dashboard, DashboardInfo } from '@thingwire/contracts'
import type { Scope } from '../database.ts'
import type * as Generated from '../generated/client.ts'
import { ms } from '../rows.ts'

export const withCustomers = {
  assignments: { include: { customer: { select: { title: true, isPublic: true } } }, orderBy: { createdTime: 'asc' } },
} as const
type InfoRow = Omit<Generated.Prisma.DashboardGetPayload<{ include: typeof withCustomers }>, 'configuration'>
type DashboardRow = Generated.Prisma.DashboardGetPayload<{ include: typeof withCustomers }>

/** A customer sees that it has the dashboard, not who else has it. */
export const toInfo = (row: InfoRow, scope: Scope): DashboardInfo => ({
  id: { entityType: 'DASHBOARD', id: row.id },
  createdTime: ms(row.createdTime),
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  title: row.title,
  name: row.title,
  image: row.image,
  assignedCustomers: row.assignments
    .filter((link) => scope.kind !== 'customer' || link.customerId === scope.customerId)
    .map((link) => ({
      customerId: { entityType: 'CUSTOMER', id: link.customerId },
      title: link.customer.title,
      public: link.customer.isPublic,
    })),
  mobileHide: row.mobileHide,
  mobileOrder: row.mobileOrder,
  version: row.version,
})

export const toDashboard = (row: DashboardRow, scope: Scope): Dashboard => ({
  ...toInfo(row, scope),
  configuration: row.configuration,
  externalId: null,
  resources: null,
})
