import {
  AppError,
  type CalculatedField,
  type CalculatedFieldInfo,
  type CalculatedFieldType,
  type EntityId,
  type EntityType,
  type PageData,
  type PageLink,
  type SaveCalculatedField,
  toPageData,
} from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, sortColumn, sortDirection, withoutNul } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'
import { toStoredDebug } from '../rule-chains/graph.ts'
import { type FieldRow, fieldColumns, toField, toFieldInfo } from './calculated-field-rows.ts'

export type FieldFilter = {
  types?: readonly CalculatedFieldType[] | undefined
  entityType?: EntityType | undefined
  entityIds?: readonly string[] | undefined
  names?: readonly string[] | undefined
}

type FieldLimits = { most: number; maxDebugMs?: number | undefined }

export type CalculatedFieldsRepository = {
  find(scope: Scope, fieldId: string): Promise<CalculatedField | null>
  /** With the name of whom each stands at. */
  list(scope: Scope, link: PageLink, filter: FieldFilter): Promise<PageData<CalculatedFieldInfo>>
  names(scope: Scope, link: PageLink, type: CalculatedFieldType): Promise<PageData<string>>
  /** All of a type that a tenant has, to be evaluated. */
  ofTenant(tenantId: string, type: CalculatedFieldType): Promise<CalculatedField[]>
  /**
   * Creates, or changes all but type and entity. What was known and counted for the field is forgotten.
   * @param field.isTimed Whether time alone may change what it says
   * @param limits.most Fields that one entity may have; 0: no limit
   * @param limits.maxDebugMs How long full debugging stays on; absent: as long as the platform allows
   */
  save(scope: Scope, field: SaveCalculatedField & { isTimed: boolean }, limits: FieldLimits): Promise<CalculatedField>
  delete(scope: Scope, fieldId: string): Promise<boolean>
}

const sorts = {
  id: 'f.id',
  createdTime: 'f.created_time',
  name: 'f.name',
  type: 'f.type',
  entityType: 'f.entity_type',
} as const

/** Names of whom fields can stand at. */
const entityName = `COALESCE(
  (SELECT d.name FROM devices d WHERE d.id = f.entity_id), (SELECT a.name FROM assets a WHERE a.id = f.entity_id),
  (SELECT c.title FROM customers c WHERE c.id = f.entity_id), (SELECT p.name FROM device_profiles p WHERE p.id = f.entity_id),
  (SELECT p.name FROM asset_profiles p WHERE p.id = f.entity_id))`

export const createCalculatedFieldsRepository = (sql: Sql): CalculatedFieldsRepository => ({
  find: async (scope, fieldId) => {
    const { rows } = await sql.query<FieldRow>({
      text: `SELECT ${fieldColumns} FROM calculated_fields f WHERE f.id = $1 AND f.tenant_id = $2`,
      values: [fieldId, writableTenant(scope)],
    })
    return rows[0] ? toField(rows[0]) : null
  },

  list: async (scope, link, filter) => {
    const { where, values, bind } = conditionsOf(scope, link, filter)
    const direction = sortDirection(link)
    const order = `${sortColumn(link, sorts, 'name')} ${direction}, f.id ${direction}`
    const total = await sql.query<{ total: number }>({
      text: `SELECT count(*) AS total FROM calculated_fields f WHERE ${where}`,
      values: [...values],
    })
    const page = `LIMIT ${bind(link.pageSize)} OFFSET ${bind(link.page * link.pageSize)}`
    const { rows } = await sql.query<FieldRow & { entity_name: string | null }>({
      text: `SELECT ${fieldColumns}, ${entityName} AS entity_name FROM calculated_fields f WHERE ${where} ORDER BY ${order} ${page}`,
      values,
    })
    return toPageData(rows.map(toFieldInfo), total.rows[0]?.total ?? 0, link)
  },

  names: async (scope, link, type) => {
    const { where, values, bind } = conditionsOf(scope, link, { types: [type] })
    const total = await sql.query<{ total: number }>({
      text: `SELECT count(DISTINCT f.name) AS total FROM calculated_fields f WHERE ${where}`,
      values: [...values],
    })
    const page = `LIMIT ${bind(link.pageSize)} OFFSET ${bind(link.page * link.pageSize)}`
    const { rows } = await sql.query<{ name: string }>({
      text: `SELECT DISTINCT f.name FROM calculated_fields f WHERE ${where} ORDER BY f.name ${sortDirection(link)} ${page}`,
      values,
    })
    return toPageData(
      rows.map(({ name }) => name),
      total.rows[0]?.total ?? 0,
      link,
    )
  },

  ofTenant: async (tenantId, type) => {
    const { rows } = await sql.query<FieldRow>({
      name: 'calculated-fields-of-tenant',
      text: `SELECT ${fieldColumns} FROM calculated_fields f WHERE f.tenant_id = $1 AND f.type = $2 ORDER BY f.id`,
      values: [tenantId, type],
    })
    return rows.map(toField)
  },

  save: (scope, given, { most, maxDebugMs }) => {
    const field = { ...given, debugSettings: toStoredDebug(given, Date.now(), maxDebugMs) }
    return field.id ? update(sql, scope, field.id.id, field) : create(sql, writableTenant(scope), field, most)
  },

  delete: async (scope, fieldId) => {
    const { rowCount } = await sql.query({
      text: 'DELETE FROM calculated_fields WHERE id = $1 AND tenant_id = $2',
      values: [fieldId, writableTenant(scope)],
    })
    return rowCount === 1
  },
})

const conditionsOf = (scope: Scope, link: PageLink, { types, entityType, entityIds, names }: FieldFilter) => {
  const values: unknown[] = [writableTenant(scope)]
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = ['f.tenant_id = $1']
  if (types) conditions.push(`f.type = ANY(${bind(types)})`)
  if (entityType) conditions.push(`f.entity_type = ${bind(entityType)}`)
  if (entityIds) conditions.push(`f.entity_id = ANY(${bind(entityIds)}::uuid[])`)
  if (names) conditions.push(`f.name = ANY(${bind(names.map(withoutNul))})`)
  if (link.textSearch) conditions.push(`f.name ILIKE ${bind(containing(link.textSearch))}`)
  return { where: conditions.join(' AND '), values, bind }
}

const taken = (type: CalculatedFieldType): AppError =>
  new AppError(
    'ARGUMENT_INVALID',
    type === 'ALARM'
      ? 'Alarm rule with such type already exists'
      : 'Calculated field with such name and type already exists',
  )

const isTaken = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'constraint' in error &&
  error.constraint === 'calculated_fields_entity_id_type_name_key'

type Writing = SaveCalculatedField & { isTimed: boolean }

const create = async (sql: Sql, tenantId: string, field: Writing, most: number): Promise<CalculatedField> => {
  try {
    const row = await sql.transaction(async (tx) => {
      // One after the other for a tenant, so that two at once cannot pass the limit together.
      await tx.query({ text: 'SELECT FROM tenants WHERE id = $1 FOR NO KEY UPDATE', values: [tenantId] })
      const { rows } = await tx.query<FieldRow>({
        text: `INSERT INTO calculated_fields AS f (id, created_time, tenant_id, entity_type, entity_id, type, name, debug_settings,
                 configuration_version, configuration, is_timed, additional_info)
               SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
               WHERE $13 = 0 OR (SELECT count(*) FROM calculated_fields WHERE entity_id = $5) < $13
               RETURNING ${fieldColumns}`,
        values: [
          ...[uuidV7(), Date.now(), tenantId, field.entityId.entityType, field.entityId.id, field.type],
          ...[withoutNul(field.name), field.debugSettings ?? null, field.configurationVersion ?? 0],
          ...[JSON.stringify(field.configuration), field.isTimed, field.additionalInfo ?? null, most],
        ],
      })
      return rows[0]
    })
    if (!row) throw new AppError('ARGUMENT_INVALID', 'Calculated fields per entity limit reached!')
    return toField(row)
  } catch (error) {
    throw isTaken(error) ? taken(field.type) : error
  }
}

const update = async (sql: Sql, scope: Scope, id: string, field: Writing): Promise<CalculatedField> => {
  const tenantId = writableTenant(scope)
  try {
    return await sql.transaction(async (tx) => {
      // Without a version the caller overwrites whatever stands.
      const { rows } = await tx.query<FieldRow>({
        text: `UPDATE calculated_fields f SET name = $3, debug_settings = $4, configuration_version = $5, configuration = $6,
                 is_timed = $7, additional_info = $8, version = version + 1
               WHERE id = $1 AND tenant_id = $2 AND version = COALESCE($9, version) RETURNING ${fieldColumns}`,
        values: [
          ...[id, tenantId, withoutNul(field.name), field.debugSettings ?? null, field.configurationVersion ?? 0],
          ...[JSON.stringify(field.configuration), field.isTimed, field.additionalInfo ?? null, field.version ?? null],
        ],
      })
      if (rows[0]) {
        await tx.query({ text: 'DELETE FROM calculated_field_states WHERE field_id = $1', values: [id] })
        return toField(rows[0])
      }
      const { rowCount } = await tx.query({
        text: 'SELECT FROM calculated_fields WHERE id = $1 AND tenant_id = $2',
        values: [id, tenantId],
      })
      throw rowCount === 1
        ? new AppError('VERSION_CONFLICT')
        : new AppError('ENTITY_NOT_FOUND', `Calculated field with id [${id}] is not found`)
    })
  } catch (error) {
    throw isTaken(error) ? taken(field.type) : error
  }
}

/** An entity to which fields apply, with what they apply by. */
export type FieldTarget = { id: EntityId; profileId: string | null; customerId: string | null }
