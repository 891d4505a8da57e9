import { randomUUID } from 'node:crypto'
import { type Device, type OtaPackageInfo, type SaveDeviceProfile, toPlainValue } from '@thingwire/contracts'
import type { Database, Scope } from '@thingwire/db'
import { waitFor } from '@thingwire/testing'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { apiUnderTest } from '../testing/api-under-test.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'
import { createPackageRollout, type PackageRollout } from './package-rollout.ts'

const uploaded = async (db: Database, scope: Scope, of: Pick<Device, 'deviceProfileId'>): Promise<OtaPackageInfo> => {
  const { otaPackages } = db
  const title = `fw ${randomUUID()}`
  const { deviceProfileId } = of
  const info = await otaPackages.save(scope, { type: 'FIRMWARE', title, version: '2', tag: 'beta', deviceProfileId })
  const file = { fileName: 'a.bin', contentType: 'application/octet-stream', checksum: 'ab' }
  return otaPackages.saveData(scope, info.id.id, { data: Buffer.from('abc'), checksumAlgorithm: 'SHA256', ...file })
}

const latest = async (db: Database, scope: Scope, device: Device) => {
  const found = await db.telemetry.latest(scope, device.id)
  return Object.fromEntries(found.map((entry) => [entry.key, toPlainValue(entry)]))
}

describe('packages for devices', () => {
  let services: TestServices
  let engine: TestEngine
  let rollout: PackageRollout
  beforeAll(async () => {
    services = await startTestServices()
    engine = await startTestEngine(services)
    rollout = createPackageRollout({
      database: services.db,
      liveBus: { isEntityWatched: () => false, publish: () => {} },
      redis: () => services.redis,
      logger: silentLogger,
      now: Date.now,
    })
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
  })

  const shared = async (device: Device) => {
    const found = await services.db.attributes.find(services.tenant.scope, device.id, { scope: 'SHARED_SCOPE' })
    return Object.fromEntries(found.map((entry) => [entry.key, toPlainValue(entry)]))
  }

  const give = async (device: Device, packages: Partial<Pick<Device, 'firmwareId' | 'softwareId'>>) => {
    const { id, name, deviceProfileId } = device
    const after = await services.db.devices.save(services.tenant.scope, { id, name, deviceProfileId, ...packages })
    await rollout.deviceChanged(device, after)
    return after
  }

  test('a device is told of its package, and that it was taken away', async () => {
    const { scope, device, token } = services.tenant
    const firmware = await uploaded(services.db, scope, device)
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, { username: token })
    const updates: unknown[] = []
    client.on('message', (_topic, payload) => updates.push(JSON.parse(payload.toString())))
    await client.subscribeAsync('v1/devices/me/attributes', { qos: 1 })
    const given = await give(device, { firmwareId: firmware.id })
    expect(await latest(services.db, scope, device)).toMatchObject({
      target_fw_title: firmware.title,
      target_fw_version: '2',
      target_fw_tag: 'beta',
      target_fw_ts: expect.any(Number),
    })
    const attributes = {
      fw_title: firmware.title,
      fw_version: '2',
      fw_tag: 'beta',
      fw_size: 3,
      fw_checksum: 'ab',
      fw_checksum_algorithm: 'SHA256',
    }
    await waitFor(() => updates.length > 0)
    expect(updates[0]).toEqual(attributes)
    expect(await shared(device)).toEqual(attributes)
    expect(await latest(services.db, scope, device)).toMatchObject({ fw_state: 'INITIATED' })
    await give(given, { firmwareId: null })
    await waitFor(async () => Object.keys(await shared(device)).length === 0)
    await waitFor(() => updates.length > 1)
    expect(updates[1]).toEqual({ deleted: expect.arrayContaining(Object.keys(attributes)) })
    await client.endAsync()
  })

  test('a package at a URL is told by its address', async () => {
    const { scope } = services.tenant
    const device = await services.db.devices.save(scope, { name: `URL ${randomUUID()}` })
    const { deviceProfileId } = device
    const named = { title: 'elsewhere', version: '1', url: 'https://example.org/sw.bin' }
    const software = await services.db.otaPackages.save(scope, { type: 'SOFTWARE', ...named, deviceProfileId })
    await give(device, { softwareId: software.id })
    await waitFor(async () => Object.keys(await shared(device)).length > 0)
    expect(await shared(device)).toEqual({
      sw_title: 'elsewhere',
      sw_version: '1',
      sw_url: 'https://example.org/sw.bin',
    })
  })

  test('the package of a profile goes to its devices that have none of their own', async () => {
    const { scope } = services.tenant
    const saved: SaveDeviceProfile = { name: `Profile ${randomUUID()}`, type: 'DEFAULT', transportType: 'DEFAULT' }
    const profile = await services.db.deviceProfiles.save(scope, saved)
    const make = () => services.db.devices.save(scope, { name: randomUUID(), deviceProfileId: profile.id })
    const own = await make()
    const followers = [await make(), await make()]
    const [ofDevice, ofProfile] = [await uploaded(services.db, scope, own), await uploaded(services.db, scope, own)]
    await give(own, { firmwareId: ofDevice.id })
    const changed = await services.db.deviceProfiles.save(scope, { ...saved, id: profile.id, firmwareId: ofProfile.id })
    await rollout.profileChanged(profile, changed)
    for (const device of followers) {
      await waitFor(async () => (await shared(device)).fw_title === ofProfile.title)
      await waitFor(async () => (await latest(services.db, scope, device)).fw_state === 'INITIATED')
    }
    expect(await shared(own)).toMatchObject({ fw_title: ofDevice.title })
    await rollout.profileChanged(changed, await services.db.deviceProfiles.save(scope, { ...saved, id: profile.id }))
    for (const device of followers) await waitFor(async () => (await shared(device)).fw_title === undefined)
  })
})

test('saving a device or a profile by REST sets it off', async () => {
  await using api = await apiUnderTest({ hasOwnRedis: true })
  const { device, scope } = api.tenant
  const firmware = await uploaded(api.db, scope, device)
  const { body } = await api.admin.post('/api/device', { ...device, firmwareId: firmware.id })
  expect(body).toMatchObject({ firmwareId: firmware.id })
  expect(await latest(api.db, scope, device)).toMatchObject({ fw_state: 'QUEUED', target_fw_title: firmware.title })
  const profile = await api.db.deviceProfiles.find(scope, device.deviceProfileId.id)
  const answer = await api.admin.post('/api/deviceProfile', { ...profile, firmwareId: firmware.id })
  expect(answer.status).toBe(200)
  expect(await api.redis.zrange('tw:packages:rollout', '0', '-1')).toEqual(
    expect.arrayContaining([
      `${api.tenant.tenantId}/device/${device.id.id}/FIRMWARE`,
      `${api.tenant.tenantId}/profile/${device.deviceProfileId.id}/FIRMWARE`,
    ]),
  )
  // What keeps its package is not told again.
  await api.redis.del('tw:packages:rollout')
  await api.admin.post('/api/device', { ...device, firmwareId: firmware.id, version: null, label: 'renamed' })
  expect(await api.redis.exists('tw:packages:rollout')).toBe(0)
})
