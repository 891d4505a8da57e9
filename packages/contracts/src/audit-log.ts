import { z } from 'zod'
import { type ActionType, actionTypes } from './actions.ts'
import { entityIdSchema } from './ids.ts'

export const actionTypeSchema = z.enum(actionTypes as readonly [ActionType, ...ActionType[]])
export const actionStatuses = ['SUCCESS', 'FAILURE'] as const

/** Who did or tried what, and when (as ThingsBoard). */
export const auditLogSchema = z.object({
  id: z.object({ id: z.guid() }),
  createdTime: z.number(),
  tenantId: z.object({ entityType: z.literal('TENANT'), id: z.guid() }),
  customerId: z.object({ entityType: z.literal('CUSTOMER'), id: z.guid() }),
  entityId: entityIdSchema,
  entityName: z.string(),
  userId: z.object({ entityType: z.literal('USER'), id: z.guid() }),
  userName: z.string(),
  actionType: actionTypeSchema,
  actionData: z.unknown(),
  actionStatus: z.enum(actionStatuses),
  actionFailureDetails: z.string(),
})
export type AuditLog = z.infer<typeof auditLogSchema>
