import type { EntityType } from '@thingwire/contracts'
import type { Principal } from '../database.ts'
import type { Bind } from './bindings.ts'

/** An entity field as SQL over the alias `e`; `number` where it is a whole one. */
export type FieldSql = { text: string; number?: string }

export type EntitySource = {
  table: string
  fields: Readonly<Record<string, FieldSql>>
  /** Whose rows a tenant administrator sees; null: nobody below the system does. */
  ofTenant: ((tenant: string) => string) | null
  /** Rows of the system administrator; null: none. */
  ofSystem: string | null
  /** Narrows the tenant's rows to a customer's; null: a customer user sees none of the type. */
  ofCustomer: ((customer: string) => string) | null
}

const text = (expression: string): FieldSql => ({ text: `COALESCE(${expression}, '')` })
const columns = (...names: readonly string[]): Record<string, FieldSql> =>
  Object.fromEntries(
    names.map((name) => [name, text(`e.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`)]),
  )

const createdTime: FieldSql = { text: 'e.created_time::text', number: 'e.created_time' }
/** PostgreSQL writes jsonb with blanks that documents on the wire do not have; filters look for the latter. */
const additionalInfo = text(`replace(replace(e.additional_info::text, '": ', '":'), ', "', ',"')`)
const base = (entityType: EntityType): Record<string, FieldSql> => ({
  createdTime,
  entityType: { text: `'${entityType}'::text` },
})

const tenantName = '(SELECT o.title FROM tenants o WHERE o.id = e.tenant_id)'
const owner: Record<string, FieldSql> = {
  ownerName: text(`COALESCE((SELECT o.title FROM customers o WHERE o.id = e.customer_id), ${tenantName})`),
  ownerType: { text: `CASE WHEN e.customer_id IS NULL THEN 'TENANT' ELSE 'CUSTOMER' END` },
}
const contact = ['title', 'email', 'country', 'state', 'city', 'address', 'address2', 'zip', 'phone'] as const
const named = (name: string, ...aliases: readonly string[]): Record<string, FieldSql> =>
  Object.fromEntries(aliases.map((alias) => [alias, text(name)]))

const byTenant = (tenant: string) => `e.tenant_id = ${tenant}`
const byCustomer = (customer: string) => `e.customer_id = ${customer}`
const owned = (table: string, fields: Record<string, FieldSql>): EntitySource => ({
  table,
  fields,
  ofTenant: byTenant,
  ofSystem: null,
  ofCustomer: null,
})

const profiled = (entityType: 'DEVICE' | 'ASSET', table: string, profiles: string, key: string): EntitySource => ({
  ...owned(table, {
    ...base(entityType),
    ...columns('name', 'label'),
    type: text(`(SELECT p.name FROM ${profiles} p WHERE p.id = e.${key})`),
    displayName: text(`COALESCE(NULLIF(trim(e.label), ''), e.name)`),
    ...named('e.name', 'title'),
    ...owner,
    additionalInfo,
  }),
  ofCustomer: byCustomer,
})

/** Where each type is kept and what it shows of itself (as ThingsBoard). Types that are not here are never found. */
const sources: Partial<Record<EntityType, EntitySource>> = {
  DEVICE: profiled('DEVICE', 'devices', 'device_profiles', 'device_profile_id'),
  ASSET: profiled('ASSET', 'assets', 'asset_profiles', 'asset_profile_id'),
  ENTITY_VIEW: {
    ...owned('entity_views', {
      ...base('ENTITY_VIEW'),
      ...columns('name', 'type'),
      ...named('e.name', 'title', 'displayName'),
      ...owner,
      additionalInfo,
    }),
    ofCustomer: byCustomer,
  },
  TENANT: {
    table: 'tenants',
    fields: {
      ...base('TENANT'),
      ...columns(...contact, 'region'),
      ...named('e.title', 'name', 'label', 'displayName'),
      additionalInfo,
    },
    ofTenant: (tenant) => `e.id = ${tenant}`,
    ofSystem: 'true',
    ofCustomer: null,
  },
  CUSTOMER: {
    ...owned('customers', {
      ...base('CUSTOMER'),
      ...columns(...contact),
      ...named('e.title', 'name', 'label', 'displayName'),
      additionalInfo,
    }),
    ofCustomer: (customer) => `e.id = ${customer}`,
  },
  USER: {
    ...owned('users', {
      ...base('USER'),
      ...columns('firstName', 'lastName', 'email', 'phone'),
      ...named('e.email', 'name', 'title', 'label'),
      displayName: text(`COALESCE(NULLIF(trim(concat_ws(' ', e.first_name, e.last_name)), ''), e.email)`),
      ...owner,
      additionalInfo,
    }),
    ofSystem: 'e.tenant_id IS NULL',
    ofCustomer: byCustomer,
  },
  DASHBOARD: {
    ...owned('dashboards', {
      ...base('DASHBOARD'),
      ...columns('title'),
      ...named('e.title', 'name'),
      ownerName: text(tenantName),
      ownerType: { text: `'TENANT'::text` },
    }),
    ofCustomer: (customer) =>
      `EXISTS (SELECT 1 FROM dashboard_assignments a WHERE a.dashboard_id = e.id AND a.customer_id = ${customer})`,
  },
  RULE_CHAIN: owned('rule_chains', { ...base('RULE_CHAIN'), ...columns('name'), additionalInfo }),
  RULE_NODE: {
    ...owned('rule_nodes', { ...base('RULE_NODE'), ...columns('name'), additionalInfo }),
    ofTenant: (tenant) => `e.rule_chain_id IN (SELECT c.id FROM rule_chains c WHERE c.tenant_id = ${tenant})`,
  },
  DEVICE_PROFILE: owned('device_profiles', { ...base('DEVICE_PROFILE'), ...columns('name', 'type') }),
  ASSET_PROFILE: owned('asset_profiles', { ...base('ASSET_PROFILE'), ...columns('name') }),
  TENANT_PROFILE: {
    ...owned('tenant_profiles', { ...base('TENANT_PROFILE'), ...columns('name') }),
    ofTenant: null,
    ofSystem: 'true',
  },
  WIDGETS_BUNDLE: {
    ...owned('widgets_bundles', { ...base('WIDGETS_BUNDLE'), ...named('e.title', 'name') }),
    ofSystem: 'e.tenant_id IS NULL',
  },
  WIDGET_TYPE: {
    ...owned('widget_types', { ...base('WIDGET_TYPE'), ...columns('name') }),
    ofSystem: 'e.tenant_id IS NULL',
  },
  TB_RESOURCE: {
    ...owned('resources', { ...base('TB_RESOURCE'), ...named('e.title', 'name') }),
    ofSystem: 'e.tenant_id IS NULL',
  },
  OTA_PACKAGE: owned('ota_packages', { ...base('OTA_PACKAGE'), ...named('e.title', 'name'), additionalInfo }),
  API_USAGE_STATE: {
    ...owned('api_usage_states', { ...base('API_USAGE_STATE'), name: { text: `'Api usage'::text` } }),
    ofCustomer: (customer) => `e.entity_id = ${customer}`,
  },
  QUEUE_STATS: owned('queue_stats', {
    ...base('QUEUE_STATS'),
    ...columns('queueName', 'serviceId'),
    ...named('e.queue_name', 'name'),
  }),
}

export const sourceOf = (entityType: string): EntitySource | null =>
  Object.hasOwn(sources, entityType) ? (sources[entityType as EntityType] ?? null) : null

/** The condition that keeps to what the viewer may see; null: nothing of the type. */
export const visibleTo = (source: EntitySource, viewer: Principal, bind: Bind): string | null => {
  if (viewer.authority === 'SYS_ADMIN') return source.ofSystem
  if (!viewer.tenantId || !source.ofTenant) return null
  const ofTenant = () => source.ofTenant?.(`${bind(viewer.tenantId)}::uuid`) ?? 'false'
  if (viewer.authority === 'TENANT_ADMIN') return ofTenant()
  if (!viewer.customerId || !source.ofCustomer) return null
  return `${ofTenant()} AND ${source.ofCustomer(`${bind(viewer.customerId)}::uuid`)}`
}

/** Types that relations may lead to. */
export const relatedTypes = [
  'DEVICE',
  'ASSET',
  'ENTITY_VIEW',
  'TENANT',
  'CUSTOMER',
  'USER',
  'DASHBOARD',
  'RULE_CHAIN',
  'RULE_NODE',
  'DEVICE_PROFILE',
  'ASSET_PROFILE',
  'WIDGETS_BUNDLE',
  'WIDGET_TYPE',
  'API_USAGE_STATE',
  'QUEUE_STATS',
] as const satisfies readonly EntityType[]

/** Fields of entities found over relations, whatever their type. */
export const relatedFields: ReadonlySet<string> = new Set([
  ...['createdTime', 'entityType', 'name', 'type', 'label', 'firstName', 'lastName', 'email', 'region', 'title'],
  ...['country', 'state', 'city', 'address', 'address2', 'zip', 'phone', 'additionalInfo', 'parentId'],
])

/** What an entity shows for a field it does not have. */
export const noField: FieldSql = { text: `''::text` }
