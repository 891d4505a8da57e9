import { randomBytes, createHash } from 'node:crypto'
import { saveDeviceProfileSchema } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { type Bench, connected, newToken, savedDevice, withDevice } from './bench-device.ts'

/** No multiple of a part. */
const firmware = randomBytes(10_123)
const partBytes = 1_000

export const arrivalTests = (bench: Bench): void => {
  const profileFor = async (
    provisionType: 'DISABLED' | 'ALLOW_CREATE_NEW_DEVICES' | 'CHECK_PRE_PROVISIONED_DEVICES',
  ) => {
    const { db, tenant } = bench.world()
    const provisionDeviceKey = newToken()
    const profile = await db.deviceProfiles.save(
      tenant.scope,
      saveDeviceProfileSchema.parse({
        name: `Provisioned ${provisionDeviceKey}`,
        provisionType,
        provisionDeviceKey,
        profileData: { provisionConfiguration: { type: provisionType, provisionDeviceSecret: 'secret' } },
      }),
    )
    const request = (more: object) =>
      bench.driver.provision(
        bench.world().ports,
        JSON.stringify({ provisionDeviceKey, provisionDeviceSecret: 'secret', ...more }),
      )
    return { profile, request }
  }
  const notFound = { status: 'NOT_FOUND', errorMsg: 'Provision data was not found!' }
  const failed = { status: 'FAILURE', errorMsg: 'Failed to provision device!' }

  test('a device that makes itself gets credentials that work, once for its name', async () => {
    const { request } = await profileFor('ALLOW_CREATE_NEW_DEVICES')
    const deviceName = `Self made ${newToken()}`
    const token = newToken()
    expect(await request({ deviceName, provisionDeviceSecret: 'wrong' })).toEqual(notFound)
    expect(await request({ deviceName, token })).toEqual({
      status: 'SUCCESS',
      credentialsType: 'ACCESS_TOKEN',
      credentialsValue: token,
    })
    expect(await request({ deviceName })).toEqual(failed)
    const client = await connected(bench, token)
    expect(await client.telemetry('{"first":1}')).toBe('accepted')
    await client.close()
  })

  test('a device that is expected gets credentials once; another gets none', async () => {
    const { profile, request } = await profileFor('CHECK_PRE_PROVISIONED_DEVICES')
    const { name } = await savedDevice(bench, { deviceProfileId: profile.id })
    expect(await request({ deviceName: `Not ${name}` })).toEqual(failed)
    const answer = await request({ deviceName: name, credentialsType: 'MQTT_BASIC', clientId: name, username: 'u' })
    expect(answer).toMatchObject({
      status: 'SUCCESS',
      credentialsType: 'MQTT_BASIC',
      credentialsValue: { clientId: name, userName: 'u' },
    })
    expect(await request({ deviceName: name })).toEqual(failed)
  })

  test('a profile that is closed to newcomers is not found', async () => {
    const { request } = await profileFor('DISABLED')
    expect(await request({ deviceName: newToken() })).toEqual(notFound)
  })

  test.each(['{}', 'no json', '[]'])('%j is no request for credentials', async (body) => {
    expect(await bench.driver.provision(bench.world().ports, body)).toBe('refused')
  })

  test('a device can be claimed by whoever knows what it said', async () => {
    await withDevice(bench, async ({ name, client }) => {
      expect(await client.claim('{"secretKey":"sesame","durationMs":60000}')).toBe('accepted')
      const claim = (secretKey: string) =>
        bench.world().customer.post(`/api/customer/device/${encodeURIComponent(name)}/claim`, { secretKey })
      expect(await claim('wrong')).toEqual({ status: 400, body: 'FAILURE' })
      expect(await claim('sesame')).toMatchObject({ status: 200, body: { response: 'SUCCESS' } })
    })
  })

  test('a claim without a body needs no key, one that cannot be read is passed over', async () => {
    await withDevice(bench, async ({ name, client }) => {
      expect(await client.claim('no json')).toBe('accepted')
      const claim = () => bench.world().customer.post(`/api/customer/device/${encodeURIComponent(name)}/claim`)
      expect((await claim()).status).toBe(400)
      expect(await client.claim('')).toBe('accepted')
      expect(await claim()).toMatchObject({ status: 200, body: { response: 'SUCCESS' } })
    })
  })

  const withPackage = async (kind: 'FIRMWARE' | 'SOFTWARE') => {
    const { db, tenant } = bench.world()
    const { deviceProfileId } = tenant.device
    const name = { kind, title: `pump ${newToken()}`, version: '2.0' }
    const { title, version } = name
    const saved = await db.otaPackages.save(tenant.scope, { type: kind, title, version, deviceProfileId })
    const checksum = createHash('sha256').update(firmware).digest('hex')
    const file = { fileName: 'pump.bin', contentType: 'application/octet-stream', checksum }
    await db.otaPackages.saveData(tenant.scope, saved.id.id, { data: firmware, checksumAlgorithm: 'SHA256', ...file })
    const assigned = kind === 'FIRMWARE' ? { firmwareId: saved.id } : { softwareId: saved.id }
    return { name, checksum, wishes: { deviceProfileId, ...assigned } }
  }

  test.each(['FIRMWARE', 'SOFTWARE'] as const)('%s comes in parts, whole and unharmed', async (kind) => {
    const { name, checksum, wishes } = await withPackage(kind)
    await withDevice(
      bench,
      async ({ client }) => {
        const file = await client.download(name, partBytes)
        expect(file).toHaveLength(firmware.length)
        expect(createHash('sha256').update(file).digest('hex')).toBe(checksum)
      },
      wishes,
    )
  })

  test('a device without a package gets none', async () => {
    await withDevice(bench, async ({ client }) => {
      const name = { kind: 'FIRMWARE', title: 'pump', version: '2.0' } as const
      expect(await client.download(name, partBytes)).toBe('refused')
    })
  })
}
