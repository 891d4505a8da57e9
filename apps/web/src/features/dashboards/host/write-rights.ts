import type { EntityId, User } from '@thingwire/contracts'
import { isVisitor } from '../../../session/visitor.ts'

export type Viewer = Pick<User, 'id' | 'authority'>

const ofCustomers: ReadonlySet<string> = new Set(['DEVICE', 'ASSET', 'ENTITY_VIEW'])

/**
 * Whether the server takes values of an entity that the viewer sees: visitors store nothing, customers only values of
 * devices, assets, views and their own account, and nobody but the administrator of the system those of a tenant.
 */
export const mayWriteValues = (viewer: Viewer, { entityType, id }: EntityId): boolean => {
  if (isVisitor(viewer)) return false
  switch (viewer.authority) {
    case 'SYS_ADMIN':
      return entityType === 'TENANT'
    case 'TENANT_ADMIN':
      return entityType !== 'TENANT'
    case 'CUSTOMER_USER':
      return ofCustomers.has(entityType) || (entityType === 'USER' && id === viewer.id.id)
  }
}
