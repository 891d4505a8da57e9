import { AppError, type CountedType, countedEntities } from '@thingwire/contracts'
import pg from 'pg'

/** The parts of a driver's error that the translation looks at, however many wrappers it came in. */
type Cause = { code?: string; constraint?: string; detail?: string; message: string }

/** Any error of the database layer as an AppError; an AppError stays what it is. */
export const toAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  const cause = causeOf(error)
  if (isUnavailable(cause)) return new AppError('DATABASE_UNAVAILABLE', undefined, { cause: error })
  const reached = entitiesLimit(cause)
  if (reached) return new AppError('ENTITIES_LIMIT_EXCEEDED', reached.text, { cause: error, extra: reached.extra })
  const text = violationText(cause)
  if (text) return new AppError('ARGUMENT_INVALID', text, { cause: error })
  return new AppError('INTERNAL', undefined, { cause: error })
}

/** Repository whose methods throw only AppErrors. */
export const translated = <T extends Record<string, (...args: never[]) => Promise<unknown>>>(repository: T): T => {
  const wrapped = Object.entries(repository).map(([name, method]) => [
    name,
    async (...args: never[]) => {
      try {
        return await method(...args)
      } catch (error) {
        throw toAppError(error)
      }
    },
  ])
  return Object.fromEntries(wrapped) as T
}

const causeOf = (error: unknown): Cause => {
  if (error instanceof pg.DatabaseError)
    return {
      message: error.message,
      ...(error.code && { code: error.code }),
      ...(error.constraint && { constraint: error.constraint }),
      ...(error.detail && { detail: error.detail }),
    }
  const message = error instanceof Error ? error.message : String(error)
  if (typeof error !== 'object' || error === null) return { message }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { message, ...(code && { code }), ...prismaCause(error) }
}

/** Prisma keeps what the adapter knew about the driver's error under `meta.driverAdapterError.cause`. */
const prismaCause = (error: object): Partial<Cause> => {
  const adapter = dig(dig(error, 'meta'), 'driverAdapterError') ?? ('cause' in error ? error : undefined)
  const cause = dig(adapter, 'cause')
  const code = text(dig(cause, 'originalCode'))
  const constraint = text(dig(dig(cause, 'constraint'), 'index'))
  const kind = text(dig(cause, 'kind'))
  return {
    ...(kind && unavailableKinds.has(kind) && { code: 'ECONNRESET' }),
    ...(code && { code }),
    ...(constraint && { constraint }),
  }
}

const dig = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const unavailableKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
  'AuthenticationFailed',
  'DatabaseAccessDenied',
  'DatabaseDoesNotExist',
])

const unavailableCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
  // Prisma: cannot reach, closed the connection, no free connection, no transaction started, write conflict.
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034'],
  // Waited for a lock too long, cancelled, broken deadlock and serialization after the retries.
  ...['55P03', '57014', '40P01', '40001'],
  // Read-only after a failover; database, table, column or right missing: an operator has to act, no message is at fault.
  ...['25006', '3D000', '42P01', '42703', '42501'],
])
/** Connection, insufficient resources (disk full, too many connections), shutdown, system error, wrong credentials. */
const unavailableClasses = ['08', '53', '57P', '58', '28']

const isUnavailable = ({ code, message }: Cause): boolean =>
  code !== undefined && (unavailableCodes.has(code) || /^[0-9A-Z]{5}$/.test(code))
    ? unavailableCodes.has(code) || unavailableClasses.some((prefix) => code.startsWith(prefix))
    : /Connection terminated|after calling end on the pool|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/i.test(
        message,
      )

/** The trigger that keeps the limits of tenant profiles names type and limit in its text; codes get lost on the way. */
const entitiesLimit = ({ message }: Cause) => {
  const [, type, limit] = /entities limit: (\w+) (\d+)/.exec(message) ?? []
  const entityType = countedTypes.find((known) => known === type)
  if (!entityType) return null
  const extra = { entityType, limit: Number(limit) }
  return { text: `${countedEntities[entityType].name} limit reached`, extra }
}
const countedTypes = Object.keys(countedEntities) as CountedType[]

/** Texts that clients rely on (as ThingsBoard), by constraint. */
const uniqueTexts: Record<string, string> = {
  // Whoever knows the address names it in the text; the driver does not always tell it.
  users_email_key: 'User with such email already present in database!',
  devices_tenant_id_name_key: 'Device with such name already exists!',
  assets_tenant_id_name_key: 'Asset with such name already exists!',
  widget_types_tenant_id_fqn_key: 'Widget type with such fqn already exists!',
  widget_types_system_fqn_key: 'Widget type with such fqn already exists!',
  widgets_bundles_tenant_id_alias_key: 'Widgets Bundle with such alias already exists!',
  widgets_bundles_system_alias_key: 'Widgets Bundle with such alias already exists!',
  entity_views_tenant_id_name_key: 'Entity view with such name already exists!',
  script_libraries_tenant_id_name_key: 'Script library with such name already exists!',
  customers_tenant_id_title_key: 'Customer with such title already exists!',
  device_profiles_tenant_id_name_key: 'Device profile with such name already exists!',
  device_profiles_provision_device_key_key: 'Device profile with such provision device key already exists!',
  device_profiles_one_default_key: 'Another default device profile is present in scope of current tenant!',
  asset_profiles_tenant_id_name_key: 'Asset profile with such name already exists!',
  asset_profiles_one_default_key: 'Another default asset profile is present in scope of current tenant!',
  tenant_profiles_name_key: 'Tenant profile with such name already exists!',
  tenant_profiles_one_default_key: 'Another default tenant profile is present!',
  device_credentials_credentials_id_key: 'Device credentials are already assigned to another device!',
  device_credentials_device_id_key: 'The device already has credentials!',
}

const foreignKeyTexts: Record<string, string> = {
  tenants_tenant_profile_id_fkey: 'The tenant profile referenced by the tenants cannot be deleted!',
  devices_tenant_id_device_profile_id_fkey: 'The device profile referenced by the devices cannot be deleted!',
  devices_tenant_id_customer_id_fkey: "Can't assign device to non-existent customer!",
  assets_tenant_id_asset_profile_id_fkey: 'The asset profile referenced by the assets cannot be deleted!',
  assets_tenant_id_customer_id_fkey: "Can't assign asset to non-existent customer!",
  entity_views_tenant_id_customer_id_fkey: "Can't assign entity view to non-existent customer!",
  device_profiles_tenant_id_default_rule_chain_id_fkey:
    'The rule chain referenced by the device profiles cannot be deleted!',
  device_profiles_tenant_id_default_dashboard_id_fkey:
    'The dashboard referenced by the device profiles cannot be deleted!',
  asset_profiles_tenant_id_default_rule_chain_id_fkey:
    'The rule chain referenced by the asset profiles cannot be deleted!',
  asset_profiles_tenant_id_default_dashboard_id_fkey:
    'The dashboard referenced by the asset profiles cannot be deleted!',
  dashboard_assignments_tenant_id_customer_id_fkey: "Can't assign dashboard to non-existent customer!",
}

const violationText = ({ code, constraint = '', detail = '' }: Cause): string | undefined => {
  const value = /=\((?:.*, )?(.*)\)/.exec(detail)?.[1] ?? ''
  switch (code) {
    case '23505':
    case 'P2002':
      if (constraint.startsWith('queues_')) return `Queue with name: ${value} already exists!`
      return uniqueTexts[constraint] ?? `Constraint violation: ${constraint}`
    case '23503':
    case '23001':
    case 'P2003':
      return foreignKeyTexts[constraint] ?? `Constraint violation: ${constraint}`
    case '22001':
    case 'P2000':
      return 'A text is longer than its field allows'
    case '22P05':
    case '22021':
      return 'A text contains a character that cannot be stored'
    case '22P02':
    case 'P2007':
      return 'A value does not have the form of its field'
    default:
      return undefined
  }
}
