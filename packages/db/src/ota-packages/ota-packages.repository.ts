import {
  AppError,
  type ChecksumAlgorithm,
  checksumAlgorithms,
  type OtaPackageInfo,
  type OtaPackageType,
  otaPackageTypes,
  type PageData,
  type PageLink,
  type SaveOtaPackage,
  toPageData,
} from '@thingwire/contracts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { toJson } from '../devices/device-rows.ts'
import type * as Generated from '../generated/client.ts'
import { literal, ms, sortColumn, sortDirection, toInfo } from '../rows.ts'
import { assignedTo, fromWireId, writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'

export type OtaPackageData = {
  data: Buffer
  fileName: string
  contentType: string
  checksumAlgorithm: ChecksumAlgorithm
  checksum: string
}

export type OtaPackagesRepository = {
  find(scope: Scope, packageId: string): Promise<OtaPackageInfo | null>
  /** The bytes; null when none were loaded up. */
  findData(scope: Scope, packageId: string): Promise<Buffer | null>
  /** Some of the bytes; empty past the end, null when none were loaded up. */
  readData(scope: Scope, packageId: string, offset: number, length: number): Promise<Buffer | null>
  /** The package that a device is to run: its own, else that of its profile. */
  ofDevice(scope: Scope, deviceId: string, type: OtaPackageType): Promise<OtaPackageInfo | null>
  /** With a profile and type: those that could be given to its devices. */
  list(
    scope: Scope,
    link: PageLink,
    filter?: { deviceProfileId: string; type: OtaPackageType },
  ): Promise<PageData<OtaPackageInfo>>
  /** Creates, or changes what may change: the additional info, and the tag and address while nobody was given it. */
  save(scope: Scope, otaPackage: SaveOtaPackage): Promise<OtaPackageInfo>
  saveData(scope: Scope, packageId: string, data: OtaPackageData): Promise<OtaPackageInfo>
  /** Throws when a device or profile uses it. */
  delete(scope: Scope, packageId: string): Promise<boolean>
}

const sortFields = {
  id: 'id',
  createdTime: 'createdTime',
  title: 'title',
  name: 'title',
  version: 'packageVersion',
  tag: 'tag',
  type: 'type',
  url: 'url',
  fileName: 'fileName',
  contentType: 'contentType',
  checksum: 'checksum',
  dataSize: 'dataSize',
} as const

const withData = { data: { select: { otaPackageId: true } } } as const
type Row = Generated.Prisma.OtaPackageGetPayload<{ include: typeof withData }>

const ofTenant = (scope: Scope) => (scope.kind === 'system' ? {} : { tenantId: scope.tenantId })

export const createOtaPackagesRepository = (prisma: LazyPrisma, sql: Sql): OtaPackagesRepository => {
  const findRow = async (scope: Scope, id: string) => {
    const { client } = await prisma.get()
    return client.otaPackage.findFirst({ where: { ...ofTenant(scope), id }, include: withData })
  }
  const requireRow = async (scope: Scope, id: string): Promise<Row> => {
    const row = await findRow(scope, id)
    if (!row) throw new AppError('ENTITY_NOT_FOUND', `Ota package with id [${id}] is not found`)
    return row
  }

  const create = async (tenantId: string, otaPackage: SaveOtaPackage): Promise<OtaPackageInfo> => {
    const { client, jsonNull } = await prisma.get()
    const { title, version } = otaPackage
    const deviceProfileId = fromWireId(otaPackage.deviceProfileId?.id)
    if (!deviceProfileId) throw new AppError('ARGUMENT_INVALID', 'Device profile id should be specified!')
    const profile = await client.deviceProfile.findFirst({
      where: { id: deviceProfileId, tenantId },
      select: { id: true },
    })
    if (!profile) throw new AppError('ARGUMENT_INVALID', 'OtaPackage is referencing to non-existent device profile!')
    if (
      await client.otaPackage.findFirst({ where: { tenantId, title, packageVersion: version }, select: { id: true } })
    )
      throw new AppError('ARGUMENT_INVALID', 'OtaPackage with such title and version already exists!')
    const row = await client.otaPackage.create({
      data: {
        id: uuidV7(),
        createdTime: BigInt(Date.now()),
        tenantId,
        deviceProfileId,
        type: otaPackage.type,
        title,
        packageVersion: version,
        tag: otaPackage.tag ?? null,
        url: urlOf(otaPackage),
        additionalInfo: otaPackage.additionalInfo ? toJson(otaPackage.additionalInfo) : jsonNull,
      },
      include: withData,
    })
    return toPackage(row)
  }

  const update = async (scope: Scope, id: string, otaPackage: SaveOtaPackage): Promise<OtaPackageInfo> => {
    const stored = await requireRow(scope, id)
    refuseChanges(stored, otaPackage)
    const { client, jsonNull } = await prisma.get()
    const row = await client.otaPackage.update({
      where: { id },
      data: { additionalInfo: otaPackage.additionalInfo ? toJson(otaPackage.additionalInfo) : jsonNull },
      include: withData,
    })
    return toPackage(row)
  }

  return {
    find: async (scope, id) => {
      const row = await findRow(scope, id)
      return row && toPackage(row)
    },

    findData: async (scope, id) => {
      const { client } = await prisma.get()
      const row = await client.otaPackageData.findFirst({ where: { otaPackageId: id, otaPackage: ofTenant(scope) } })
      return row && Buffer.from(row.data)
    },

    readData: async (scope, id, offset, length) => {
      const { rows } = await sql.query<{ part: Buffer }>({
        name: 'ota-package-part',
        text: `SELECT substring(d.data FROM $3 FOR $4) AS part FROM ota_package_data d
               JOIN ota_packages p ON p.id = d.ota_package_id
               WHERE d.ota_package_id = $1 AND ($2::uuid IS NULL OR p.tenant_id = $2)`,
        values: [id, scope.kind === 'system' ? null : scope.tenantId, offset + 1, length],
      })
      return rows[0]?.part ?? null
    },

    ofDevice: async (scope, deviceId, type) => {
      const { client } = await prisma.get()
      const select = { firmwareId: true, softwareId: true } as const
      const device = await client.device.findFirst({
        where: { ...assignedTo(scope), id: deviceId },
        select: { ...select, deviceProfile: { select } },
      })
      const member = type === 'FIRMWARE' ? 'firmwareId' : 'softwareId'
      const id = device && (device[member] ?? device.deviceProfile[member])
      const row = id ? await findRow(scope, id) : null
      return row && toPackage(row)
    },

    list: async (scope, link, filter) => {
      const { client } = await prisma.get()
      const contains = link.textSearch && { contains: literal(link.textSearch), mode: 'insensitive' as const }
      const where = {
        AND: [
          { ...ofTenant(scope), ...filter },
          filter ? { OR: [{ url: { not: null } }, { data: { isNot: null } }] } : {},
          contains ? { OR: [{ title: contains }, { packageVersion: contains }, { tag: contains }] } : {},
        ],
      }
      const [rows, total] = await Promise.all([
        client.otaPackage.findMany({
          where,
          include: withData,
          orderBy: [{ [sortColumn(link, sortFields, 'id')]: sortDirection(link) }, { id: 'asc' }],
          skip: link.page * link.pageSize,
          take: link.pageSize,
        }),
        client.otaPackage.count({ where }),
      ])
      return toPageData(rows.map(toPackage), total, link)
    },

    save: (scope, otaPackage) => {
      const tenantId = writableTenant(scope)
      return otaPackage.id ? update(scope, otaPackage.id.id, otaPackage) : create(tenantId, otaPackage)
    },

    saveData: async (scope, id, { data, ...described }) => {
      writableTenant(scope)
      const stored = await requireRow(scope, id)
      if (stored.url) throw new AppError('ARGUMENT_INVALID', 'OtaPackage with a URL has no data of its own!')
      if (stored.data) throw new AppError('ARGUMENT_INVALID', 'Updating otaPackage data is prohibited!')
      const { client } = await prisma.get()
      const row = await client.otaPackage.update({
        where: { id },
        data: { ...described, dataSize: BigInt(data.length), data: { create: { data: new Uint8Array(data) } } },
        include: withData,
      })
      return toPackage(row)
    },

    delete: async (scope, id) => {
      const tenantId = writableTenant(scope)
      if (!(await findRow(scope, id))) return false
      return sql.transaction(async (tx) => {
        for (const { table, nouns } of users) {
          const { rows } = await tx.query({
            text: `SELECT 1 FROM ${table} WHERE tenant_id = $1 AND (firmware_id = $2 OR software_id = $2) LIMIT 1`,
            values: [tenantId, id],
          })
          if (rows.length > 0)
            throw new AppError('ARGUMENT_INVALID', `The otaPackage referenced by the ${nouns} cannot be deleted!`)
        }
        const { rowCount } = await tx.query({
          text: 'DELETE FROM ota_packages WHERE id = $1 AND tenant_id = $2',
          values: [id, tenantId],
        })
        return rowCount === 1
      })
    },
  }
}

const users = [
  { table: 'devices', nouns: 'devices' },
  { table: 'device_profiles', nouns: 'device profiles' },
] as const

/** Clients that have a file send an empty address. */
const urlOf = ({ url }: SaveOtaPackage): string | null => url?.trim() || null

/** Devices may have loaded it: only what describes it to people changes. */
const refuseChanges = (stored: Row, sent: SaveOtaPackage): void => {
  const refuse = (field: string) => new AppError('ARGUMENT_INVALID', `Updating otaPackage ${field} is prohibited!`)
  if (sent.type !== stored.type) throw refuse('type')
  if (sent.title !== stored.title) throw refuse('title')
  if (sent.version !== stored.packageVersion) throw refuse('version')
  if ((sent.tag ?? null) !== stored.tag) throw refuse('tag')
  const profileId = fromWireId(sent.deviceProfileId?.id)
  if (profileId && profileId.toLowerCase() !== stored.deviceProfileId) throw refuse('deviceProfile')
  if (urlOf(sent) !== stored.url) throw refuse('url')
}

/** Only this program writes these columns, always one of the known texts. */
const known = <T extends string>(all: readonly T[], text: string): T => {
  const found = all.find((one) => one === text)
  if (!found) throw new Error(`An OTA package has the unknown type ${text}`)
  return found
}

const toPackage = (row: Row): OtaPackageInfo => ({
  id: { entityType: 'OTA_PACKAGE', id: row.id },
  createdTime: ms(row.createdTime),
  additionalInfo: toInfo(row.additionalInfo),
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  deviceProfileId: row.deviceProfileId ? { entityType: 'DEVICE_PROFILE', id: row.deviceProfileId } : null,
  type: known(otaPackageTypes, row.type),
  title: row.title,
  name: row.title,
  version: row.packageVersion,
  tag: row.tag,
  url: row.url,
  hasData: row.data !== null,
  fileName: row.fileName,
  contentType: row.contentType,
  checksumAlgorithm: row.checksumAlgorithm === null ? null : known(checksumAlgorithms, row.checksumAlgorithm),
  checksum: row.checksum,
  dataSize: row.dataSize === null ? null : Number(row.dataSize),
  externalId: row.externalId ? { entityType: 'OTA_PACKAGE', id: row.externalId } : null,
})
