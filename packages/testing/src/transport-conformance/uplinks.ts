import { randomUUID } from 'node:crypto'
import { saveTenantProfileSchema } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { waitFor } from '../wait-for.ts'
import { type Bench, savedDevice, stored, withDevice } from './bench-device.ts'
import type { Outcome } from './driver.ts'

export const uplinkTests = (bench: Bench): void => {
  test('refuses credentials that nobody has', async () => {
    expect(await bench.driver.connect(bench.world().ports, 'no-such-token')).toBeNull()
  })

  test('telemetry arrives once, at its own time', async () => {
    await withDevice(bench, async ({ id, client }) => {
      expect(await client.telemetry('{"ts":1700000000000,"values":{"once":20.5}}')).toBe('accepted')
      const points = await waitFor(async () => {
        const found = await stored(bench, id, 'once')
        return found.length > 0 && found
      })
      expect(points).toMatchObject([{ ts: 1_700_000_000_000, type: 'DOUBLE', value: 20.5 }])
    })
  })

  test('a body with many timestamps is stored as a whole', async () => {
    await withDevice(bench, async ({ id, client }) => {
      const body = Array.from({ length: 30 }, (_, i) => ({ ts: 1_700_000_000_000 + i, values: { many: i } }))
      expect(await client.telemetry(JSON.stringify(body))).toBe('accepted')
      await waitFor(async () => (await stored(bench, id, 'many')).length === 30)
    })
  })

  test('a body may be written as leniently as ThingsBoard reads it', async () => {
    await withDevice(bench, async ({ id, client }) => {
      expect(await client.telemetry("{lenient: '007', list: [1,2],}")).toBe('accepted')
      await waitFor(async () => (await stored(bench, id, 'list')).length === 1)
      expect(await stored(bench, id, 'lenient')).toMatchObject([{ type: 'LONG', value: 7 }])
    })
  })

  test.each(['{}', '[]'])('takes a body without values: %s', async (body) => {
    await withDevice(bench, async ({ client }) => expect(await client.telemetry(body)).toBe('accepted'))
  })

  test.each(['{', '"text"', '', '[1]', 'null'])('answers the malformed body %j, and others go on', async (body) => {
    await withDevice(bench, async ({ client }) => expect(await client.telemetry(body)).toBe('refused'))
    await withDevice(bench, async ({ client }) => expect(await client.telemetry('{"after":1}')).toBe('accepted'))
  })

  test.each(['[{"a":1}]', '5', '{'])('answers attributes that are no object: %j', async (body) => {
    await withDevice(bench, async ({ client }) => expect(await client.attributes(body)).toBe('refused'))
  })

  test('refuses a body beyond its limit', async () => {
    const text = 'x'.repeat(bench.driver.largestBodyBytes)
    await withDevice(bench, async ({ client }) =>
      expect(await client.telemetry(JSON.stringify({ text }))).toBe('refused'),
    )
  })

  test('client attributes can be read back, by key and as a whole', async () => {
    await withDevice(bench, async ({ client }) => {
      expect(await client.attributes('{"firmware":"1.2.3","retries":3}')).toBe('accepted')
      const answer = await waitFor(async () => {
        const found = await client.readAttributes({ clientKeys: 'firmware,missing' })
        return JSON.stringify(found) !== '{}' && found
      })
      expect(answer).toEqual({ client: { firmware: '1.2.3' } })
      expect(await client.readAttributes({})).toEqual({ client: { firmware: '1.2.3', retries: 3 } })
      expect(await client.readAttributes({ sharedKeys: 'firmware' })).toEqual({})
    })
  })

  test('more messages than the tenant profile allows are refused, and other devices go on', async () => {
    const { db } = bench.world()
    const configuration = { transportDeviceMsgRateLimit: '5:60' }
    const profile = await db.tenantProfiles.save(
      saveTenantProfileSchema.parse({ name: randomUUID(), profileData: { configuration } }),
    )
    const tenant = await db.tenants.save({ title: randomUUID(), tenantProfileId: profile.id })
    const scope = { kind: 'tenant', tenantId: tenant.id.id } as const
    await withDevice(
      bench,
      async ({ client }) => {
        const outcomes: Outcome[] = []
        for (let n = 0; n < 8 && outcomes.at(-1) !== 'refused'; n++) outcomes.push(await client.telemetry(`{"n":${n}}`))
        expect(outcomes[0]).toBe('accepted')
        expect(outcomes.at(-1)).toBe('refused')
      },
      { scope },
    )
    await withDevice(bench, async ({ client }) => expect(await client.telemetry('{"n":0}')).toBe('accepted'), { scope })
  })

  // Some drivers ask for attributes to see whether they are let in: whatever else a device does comes after that.
  test('a device that only asks for its attributes is active', async () => {
    await withDevice(bench, async ({ id, client }) => {
      await client.readAttributes({})
      await waitFor(async () => {
        const path = `/api/plugins/telemetry/DEVICE/${id}/values/attributes/SERVER_SCOPE?keys=active`
        const { body } = await bench.world().admin.get(path)
        return JSON.stringify(body).includes('"value":true')
      })
    })
  })

  test('credentials of another type are no token', async () => {
    const { db, tenant } = bench.world()
    const { id, token } = await savedDevice(bench)
    const credentials = await db.credentials.findByDevice(tenant.scope, id)
    if (!credentials) throw new Error('The device has no credentials')
    await db.credentials.save(tenant.scope, {
      ...credentials,
      credentialsType: 'X509_CERTIFICATE',
      credentialsId: `x-${token}`,
      credentialsValue: 'certificate',
    })
    expect(await bench.driver.connect(bench.world().ports, `x-${token}`)).toBeNull()
  })
}
