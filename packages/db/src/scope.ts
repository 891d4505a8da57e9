import { AppError, nullUuid } from '@thingwire/contracts'
import type { Scope } from './database.ts'

/** Prisma filter for entities that belong to a tenant and may be assigned to a customer. */
export const assignedTo = (scope: Scope): { tenantId?: string; customerId?: string } => {
  switch (scope.kind) {
    case 'system':
      return {}
    case 'tenant':
      return { tenantId: scope.tenantId }
    case 'customer':
      return { tenantId: scope.tenantId, customerId: scope.customerId }
  }
}

/** The tenant whose entities the caller may change; customers and the system administrator change none of them. */
export const writableTenant = (scope: Scope): string => {
  if (scope.kind !== 'tenant') throw new AppError('PERMISSION_DENIED')
  return scope.tenantId
}

/** Null stands for "none" in the tables, this id on the wire. */
export const toWireId = (id: string | null): string => id ?? nullUuid
export const fromWireId = (id: string | null | undefined): string | null => (id && id !== nullUuid ? id : null)
