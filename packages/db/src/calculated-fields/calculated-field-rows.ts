import type {
  CalculatedField,
  CalculatedFieldInfo,
  CalculatedFieldType,
  DebugSettings,
  EntityType,
} from '@thingwire/contracts'

export type FieldRow = {
  id: string
  created_time: number
  tenant_id: string
  entity_type: EntityType
  entity_id: string
  type: CalculatedFieldType
  name: string
  debug_settings: DebugSettings | null
  configuration_version: number
  configuration: CalculatedField['configuration']
  additional_info: Record<string, unknown> | null
  version: number
}

export const fieldColumns = `f.id, f.created_time, f.tenant_id, f.entity_type, f.entity_id, f.type, f.name, f.debug_settings,
  f.configuration_version, f.configuration, f.additional_info, f.version`

export const toField = (row: FieldRow): CalculatedField => ({
  id: { entityType: 'CALCULATED_FIELD', id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  entityId: { entityType: row.entity_type, id: row.entity_id },
  type: row.type,
  name: row.name,
  debugSettings: row.debug_settings,
  configurationVersion: row.configuration_version,
  configuration: row.configuration,
  additionalInfo: row.additional_info,
  version: row.version,
})

export const toFieldInfo = (row: FieldRow & { entity_name: string | null }): CalculatedFieldInfo => ({
  ...toField(row),
  entityName: row.entity_name ?? '',
})
