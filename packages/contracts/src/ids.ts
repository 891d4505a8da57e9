import { z } from 'zod'

/** Every kind of thing an id can point at. The names are those of ThingsBoard's wire format. */
export const entityTypes = [
  'TENANT',
  'CUSTOMER',
  'USER',
  'DASHBOARD',
  'ASSET',
  'DEVICE',
  'ALARM',
  'RULE_CHAIN',
  'RULE_NODE',
  'ENTITY_VIEW',
  'WIDGETS_BUNDLE',
  'WIDGET_TYPE',
  'TENANT_PROFILE',
  'DEVICE_PROFILE',
  'ASSET_PROFILE',
  'API_USAGE_STATE',
  'TB_RESOURCE',
  'OTA_PACKAGE',
  'EDGE',
  'RPC',
  'QUEUE',
  'NOTIFICATION_TARGET',
  'NOTIFICATION_TEMPLATE',
  'NOTIFICATION_REQUEST',
  'NOTIFICATION',
  'NOTIFICATION_RULE',
  'QUEUE_STATS',
  'OAUTH2_CLIENT',
  'DOMAIN',
  'MOBILE_APP',
  'MOBILE_APP_BUNDLE',
  'CALCULATED_FIELD',
  'JOB',
  'ADMIN_SETTINGS',
  'AI_MODEL',
  'API_KEY',
  'SCRIPT_LIBRARY',
] as const

export const entityTypeSchema = z.enum(entityTypes)
export type EntityType = z.infer<typeof entityTypeSchema>

/** The id that stands for "no customer" and "no tenant" on the wire; stored as NULL. */
export const nullUuid = '13814000-1dd2-11b2-8080-808080808080'

/** Any RFC 9562 text form; ThingsBoard's ids are version 1, ours version 7. */
export const uuidSchema = z.guid()

export const entityIdSchema = z.object({ entityType: entityTypeSchema, id: uuidSchema })
export type EntityId = z.infer<typeof entityIdSchema>

/** `{entityType, id}` for an id whose type the field fixes; on input a bare `{id}` is enough (as ThingsBoard). */
export const idOf = <T extends EntityType>(entityType: T) =>
  z.object({ entityType: z.literal(entityType).default(entityType as never), id: uuidSchema })

export const entityId = <T extends EntityType>(entityType: T, id: string): { entityType: T; id: string } => ({
  entityType,
  id,
})

/** An id as answers carry it, for schemas of entities. */
export const typedId = <T extends EntityType>(entityType: T) =>
  z.object({ entityType: z.literal(entityType), id: uuidSchema })
