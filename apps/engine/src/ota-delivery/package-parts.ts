import type { OtaPackageInfo, OtaPackageType } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'
import type { DevicePackage } from '../transports/transport.ts'

export type PackageParts = {
  /** The package that a device is to load from here; null: there is none, or it lies at a URL. */
  find(tenantId: string, deviceId: string, kind: OtaPackageType): Promise<DevicePackage | null>
  /** Packages of devices are different now. What was read of their bytes stays: those never change. */
  forget(): void
}

/** Bytes that are read at a time: many small parts for one query. */
const blockBytes = 1024 * 1024
/** A thousand devices that load one package read it once; many packages at a time push each other out. */
const maxCachedBytes = 64 * 1024 * 1024
const assignmentTtlMs = 60_000
const maxAssignments = 20_000

/**
 * Packages as devices load them, part by part. Never the whole file: of what was read lately some megabytes stay at
 * hand, and devices that ask for the same block at the same time share a query.
 */
export const createPackageParts = (
  database: { otaPackages: Pick<Database['otaPackages'], 'ofDevice' | 'readData'> },
  options: { maxCachedBytes?: number } = {},
): PackageParts => {
  const { otaPackages } = database
  const blocks = new LRUCache<string, Buffer>({
    maxSize: options.maxCachedBytes ?? maxCachedBytes,
    sizeCalculation: (block) => Math.max(1, block.length),
  })
  const underWay = new Map<string, Promise<Buffer>>()
  const assigned = new LRUCache<string, { info: OtaPackageInfo | null }>({
    ...upTo(maxAssignments),
    ttl: assignmentTtlMs,
  })
  let generation = 0

  const block = (info: OtaPackageInfo, index: number): Promise<Buffer> => {
    const key = `${info.id.id}/${index}`
    const known = blocks.get(key)
    if (known) return Promise.resolve(known)
    const pending = underWay.get(key)
    if (pending) return pending
    const reading = otaPackages
      .readData({ kind: 'tenant', tenantId: info.tenantId.id }, info.id.id, index * blockBytes, blockBytes)
      .then((part) => {
        const bytes = part ?? Buffer.alloc(0)
        blocks.set(key, bytes)
        return bytes
      })
      .finally(() => underWay.delete(key))
    underWay.set(key, reading)
    return reading
  }

  const read = async (info: OtaPackageInfo, offset: number, length: number): Promise<Uint8Array> => {
    const end = Math.min(offset + length, info.dataSize ?? 0)
    if (offset >= end) return new Uint8Array(0)
    const first = Math.floor(offset / blockBytes)
    const last = Math.floor((end - 1) / blockBytes)
    const parts: Buffer[] = []
    for (let index = first; index <= last; index++) parts.push(await block(info, index))
    const from = offset - first * blockBytes
    const [only] = parts
    const joined = parts.length === 1 && only ? only : Buffer.concat(parts)
    return joined.subarray(from, from + end - offset)
  }

  const infoFor = async (tenantId: string, deviceId: string, kind: OtaPackageType): Promise<OtaPackageInfo | null> => {
    const key = `${kind}/${deviceId}`
    const known = assigned.get(key)
    if (known) return known.info
    const startedIn = generation
    const info = await otaPackages.ofDevice({ kind: 'tenant', tenantId }, deviceId, kind)
    if (startedIn === generation) assigned.set(key, { info })
    return info
  }

  return {
    find: async (tenantId, deviceId, kind) => {
      const info = await infoFor(tenantId, deviceId, kind)
      if (!info?.hasData) return null
      return {
        title: info.title,
        version: info.version,
        fileName: info.fileName ?? `${info.title}-${info.version}`,
        contentType: info.contentType ?? 'application/octet-stream',
        sizeBytes: info.dataSize ?? 0,
        checksumAlgorithm: info.checksumAlgorithm ?? 'SHA256',
        checksum: info.checksum ?? '',
        read: (offset, length) => read(info, offset, length),
      }
    },
    forget: () => {
      generation++
      assigned.clear()
    },
  }
}
