import {
  AppError,
  type BulkImportRequest,
  type BulkImportResult,
  type EntityId,
  type SaveAsset,
  type SaveDevice,
  saveAssetSchema,
  saveDeviceSchema,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { z } from 'zod'
import type { AssetService } from '../assets/asset-service.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { CredentialsOffer } from '../devices/credentials-id.ts'
import type { DeviceService } from '../devices/device-service.ts'
import type { EntityValues } from '../entity-values/entity-values.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { type ImportRow, parseRows } from './parse-rows.ts'

export type BulkImport = {
  devices(caller: Caller, request: BulkImportRequest): Promise<BulkImportResult>
  assets(caller: Caller, request: BulkImportRequest): Promise<BulkImportResult>
}

/** Makes the row's entity or changes the one of its name. */
type SaveRow = (caller: Caller, row: ImportRow, name: string, mayUpdate: boolean) => Promise<SavedRow>
type SavedRow = { id: EntityId; isNew: boolean }

/** At once: most of a line's time is waiting for commits. */
const lanes = 8
/** Answers carry so many messages; the count is exact. */
const mostMessages = 1_000

/**
 * Entities from a CSV file, each through the same services as one that is saved alone. A line that fails is reported and
 * the others go on.
 */
export const createBulkImport = (deps: {
  database: Pick<Database, 'devices' | 'assets'>
  devices: Pick<DeviceService, 'save'>
  assets: Pick<AssetService, 'save'>
  values: Pick<EntityValues, 'saveAttributes' | 'saveTelemetry'>
  logger: Logger
}): BulkImport => {
  const { database, values, logger } = deps

  const saveDevice: SaveRow = async (caller, row, name, mayUpdate) => {
    const known = await database.devices.findByName(ownTenant(caller), name)
    if (known && !mayUpdate) throw new AppError('ARGUMENT_INVALID', 'Device with such name already exists!')
    const { TYPE: type, LABEL: label, IS_GATEWAY: gateway } = row.fields
    const device: SaveDevice = {
      ...(known && withoutVersion(known)),
      name,
      ...(type !== undefined && { type, deviceProfileId: null }),
      ...(label !== undefined && { label }),
      additionalInfo: {
        ...known?.additionalInfo,
        ...described(row),
        ...(gateway !== undefined && { gateway: /^(true|1|yes)$/i.test(gateway) }),
      },
    }
    const saved = await deps.devices.save(caller, checked(saveDeviceSchema, device), {
      credentials: credentialsOf(row),
    })
    return { id: saved.id, isNew: !known }
  }

  const saveAsset: SaveRow = async (caller, row, name, mayUpdate) => {
    const known = await database.assets.findByName(ownTenant(caller), name)
    if (known && !mayUpdate) throw new AppError('ARGUMENT_INVALID', 'Asset with such name already exists!')
    const { TYPE: type, LABEL: label } = row.fields
    const asset: SaveAsset = {
      ...(known && withoutVersion(known)),
      name,
      ...(type !== undefined && { type, assetProfileId: null }),
      ...(label !== undefined && { label }),
      additionalInfo: { ...known?.additionalInfo, ...described(row) },
    }
    const saved = await deps.assets.save(caller, checked(saveAssetSchema, asset))
    return { id: saved.id, isNew: !known }
  }

  const saveValues = async (caller: Caller, id: EntityId, row: ImportRow): Promise<void> => {
    const { SHARED_ATTRIBUTE: shared, SERVER_ATTRIBUTE: server, TIMESERIES: series } = row.values
    const text = (of: object) => (Object.keys(of).length > 0 ? JSON.stringify(of) : null)
    const [sharedText, serverText, seriesText] = [text(shared), text(server), text(series)]
    if (sharedText) await values.saveAttributes(caller, id, 'SHARED_SCOPE', sharedText)
    if (serverText) await values.saveAttributes(caller, id, 'SERVER_SCOPE', serverText)
    if (seriesText) await values.saveTelemetry(caller, id, seriesText)
  }

  const run = async (caller: Caller, request: BulkImportRequest, save: SaveRow): Promise<BulkImportResult> => {
    const counts = { created: 0, updated: 0 }
    const failures: { line: number; message: string }[] = []
    const one = async (row: ImportRow) => {
      try {
        const name = row.fields.NAME
        if (!name) throw new AppError('ARGUMENT_INVALID', 'Name should be specified!')
        const { id, isNew } = await save(caller, row, name, request.mapping.update ?? false)
        await saveValues(caller, id, row)
        counts[isNew ? 'created' : 'updated']++
      } catch (error) {
        const isOfCaller = error instanceof AppError && error.act === 'caller'
        if (!isOfCaller) logger.warn({ line: row.line, ...errorFields(error) }, 'a line was not imported')
        failures.push({ line: row.line, message: isOfCaller ? error.message : 'Internal Server Error' })
      }
    }
    await Promise.all(
      inLanes(parseRows(request)).map(async (lane) => {
        for (const row of lane) await one(row)
      }),
    )
    failures.sort((a, b) => a.line - b.line)
    return {
      ...counts,
      errors: failures.length,
      errorsList: failures.slice(0, mostMessages).map(({ line, message }) => `Line ${line}: ${message}`),
    }
  }

  return {
    devices: (caller, request) => run(caller, request, saveDevice),
    assets: (caller, request) => {
      const foreign = request.mapping.columns.find(({ type }) => !assetColumns.some((known) => known === type))
      if (foreign) throw new AppError('ARGUMENT_INVALID', `Assets have no column of type ${foreign.type}!`)
      return run(caller, request, saveAsset)
    },
  }
}

const assetColumns = [
  'NAME',
  'TYPE',
  'LABEL',
  'DESCRIPTION',
  'SERVER_ATTRIBUTE',
  'SHARED_ATTRIBUTE',
  'TIMESERIES',
] as const

const ownTenant = ({ tenantId }: Caller) => {
  if (!tenantId) throw new AppError('PERMISSION_DENIED')
  return { kind: 'tenant', tenantId } as const
}

/** By the rules of an entity that is saved alone. */
const checked = <T>(schema: z.ZodType<T>, entity: T): T => {
  const parsed = schema.safeParse(entity)
  if (parsed.success) return parsed.data
  throw new AppError('ARGUMENT_INVALID', parsed.error.issues[0]?.message)
}

const withoutVersion = <T extends { version: number }>({ version: _, ...rest }: T): Omit<T, 'version'> => rest

const described = ({ fields }: ImportRow): { description?: string } =>
  fields.DESCRIPTION === undefined ? {} : { description: fields.DESCRIPTION }

/** Lines of one name come one after the other, so that the second finds what the first made. */
const inLanes = (rows: readonly ImportRow[]): ImportRow[][] => {
  const all: ImportRow[][] = Array.from({ length: lanes }, () => [])
  for (const row of rows) {
    const name = row.fields.NAME ?? ''
    let hash = 0
    for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0
    all[hash % lanes]?.push(row)
  }
  return all
}

const credentialsOf = ({ fields }: ImportRow): CredentialsOffer | undefined => {
  const { ACCESS_TOKEN: token, X509: certificate } = fields
  const { MQTT_CLIENT_ID: clientId, MQTT_USER_NAME: userName, MQTT_PASSWORD: password } = fields
  if (clientId !== undefined || userName !== undefined || password !== undefined) {
    const value = { clientId: clientId ?? null, userName: userName ?? null, password: password ?? null }
    return { credentialsType: 'MQTT_BASIC', credentialsValue: JSON.stringify(value) }
  }
  if (certificate !== undefined) return { credentialsType: 'X509_CERTIFICATE', credentialsValue: certificate }
  if (token !== undefined) return { credentialsType: 'ACCESS_TOKEN', credentialsId: token }
  return undefined
}
