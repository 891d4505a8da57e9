import { randomUUID } from 'node:crypto'
import { entityId, type TsValue } from '@thingwire/contracts'
import type { Scope } from '@thingwire/db'
import type { ConformanceWorld, DriverClient, TransportDriver } from './driver.ts'

/** What the tests of one transport share; the world is there once they run. */
export type Bench = {
  driver: TransportDriver
  world(): ConformanceWorld
}

export type BenchDevice = { id: string; name: string; token: string; client: DriverClient }

export type DeviceWishes = { scope?: Scope & { kind: 'tenant' } } & Record<string, unknown>

export const newToken = (): string => randomUUID().slice(0, 20)

/** A new device in the store, by its token. */
export const savedDevice = async ({ world }: Bench, wishes: DeviceWishes = {}) => {
  const { db, tenant } = world()
  const { scope = tenant.scope, ...more } = wishes
  const token = newToken()
  const device = await db.devices.save(scope, { name: `Device ${token}`, ...more }, { accessToken: token })
  return { id: device.id.id, name: device.name, deviceProfileId: device.deviceProfileId, token }
}

/** The client of a device that the platform knows. */
export const connected = async ({ driver, world }: Bench, token: string): Promise<DriverClient> => {
  const client = await driver.connect(world().ports, token)
  if (!client) throw new Error('The device was refused')
  return client
}

/** Runs the work with a new, connected device, and disconnects it. */
export const withDevice = async (
  bench: Bench,
  work: (device: BenchDevice) => Promise<void>,
  wishes: DeviceWishes = {},
): Promise<void> => {
  const device = await savedDevice(bench, wishes)
  const client = await connected(bench, device.token)
  try {
    await work({ ...device, client })
  } finally {
    await client.close()
  }
}

/** Everything that is stored of one key, oldest first. */
export const stored = async ({ world }: Bench, deviceId: string, key: string): Promise<TsValue[]> => {
  const { db, tenant } = world()
  const history = await db.telemetry.history(tenant.scope, {
    entityId: entityId('DEVICE', deviceId),
    keys: [key],
    startTs: 0,
    endTs: Number.MAX_SAFE_INTEGER,
    aggregation: 'NONE',
    intervalMs: 0,
    order: 'ASC',
    limit: 100,
  })
  return history[key] ?? []
}
