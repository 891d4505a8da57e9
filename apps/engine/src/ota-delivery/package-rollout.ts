import {
  type Device,
  type DeviceProfile,
  entityId,
  type KvEntry,
  type OtaPackageType,
  otaPackageTypes,
  toPlainValue,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisKeys } from '../redis-keys.ts'
import { queuedValues } from './package-values.ts'

/**
 * Gives devices the packages that they are to run. Its telemetry says so at once; the rollout worker tells the device.
 * Both calls come after the change is committed and never throw.
 */
export type PackageRollout = {
  /** @param before Null: the device is new */
  deviceChanged(before: Device | null, after: Device): Promise<void>
  profileChanged(before: DeviceProfile | null, after: DeviceProfile): Promise<void>
}

/** Member of `redisKeys.packageRollout`. */
export const rolloutMember = (subject: {
  tenantId: string
  type: 'device' | 'profile'
  id: string
  kind: OtaPackageType
}) => `${subject.tenantId}/${subject.type}/${subject.id}/${subject.kind}`

type Packages = Pick<Device, 'firmwareId' | 'softwareId'>
const packageIdOf = (of: Packages, kind: OtaPackageType): string | null =>
  (kind === 'FIRMWARE' ? of.firmwareId : of.softwareId)?.id ?? null

type SeriesDeps = {
  database: Pick<Database, 'telemetry'>
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
}

/** Writes telemetry that the platform itself makes of a device. */
export const saveDeviceSeries = async (
  { database, liveBus }: SeriesDeps,
  tenantId: string,
  deviceId: string,
  entries: readonly KvEntry[],
  ts: number,
): Promise<void> => {
  const shared = { tenantId, entityId: entityId('DEVICE', deviceId), ts, saveTimeseries: true, saveLatest: true }
  await database.telemetry.write(entries.map((entry) => ({ ...entry, ...shared })))
  if (!liveBus.isEntityWatched(tenantId, deviceId)) return
  const points = Object.fromEntries(
    entries.map((entry) => [entry.key, [[ts, toPlainValue(entry)] as [number, unknown]]]),
  )
  liveBus.publish(tenantId, { kind: 'telemetry', tenantId, entityId: deviceId, points })
}

export const createPackageRollout = (
  deps: SeriesDeps & {
    database: Pick<Database, 'telemetry' | 'otaPackages'>
    redis: () => Redis
    logger: Logger
    now: () => number
  },
): PackageRollout => {
  const { database, redis, logger, now } = deps

  const queue = async (device: Device, kind: OtaPackageType, isNew: boolean) => {
    const tenantId = device.tenantId.id
    const info = await database.otaPackages.ofDevice({ kind: 'tenant', tenantId }, device.id.id, kind)
    if (info) await saveDeviceSeries(deps, tenantId, device.id.id, queuedValues(info, now()), now())
    else if (isNew) return
    const member = rolloutMember({ tenantId, type: 'device', id: device.id.id, kind })
    await redis().zadd(redisKeys.packageRollout, now(), member)
  }

  const fenced = async (id: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      logger.error({ id, ...errorFields(error) }, 'a package was not given to its devices')
    }
  }

  return {
    deviceChanged: (before, after) =>
      fenced(after.id.id, async () => {
        const isMoved = before?.deviceProfileId.id !== after.deviceProfileId.id
        for (const kind of otaPackageTypes)
          if (!before || isMoved || packageIdOf(before, kind) !== packageIdOf(after, kind))
            await queue(after, kind, !before)
      }),

    profileChanged: (before, after) =>
      fenced(after.id.id, async () => {
        const changed = otaPackageTypes.filter(
          (kind) => (before ? packageIdOf(before, kind) : null) !== packageIdOf(after, kind),
        )
        if (changed.length === 0) return
        const subject = { tenantId: after.tenantId.id, type: 'profile', id: after.id.id } as const
        await redis().zadd(
          redisKeys.packageRollout,
          ...changed.flatMap((kind) => [now(), rolloutMember({ ...subject, kind })]),
        )
      }),
  }
}
