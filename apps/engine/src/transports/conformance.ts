import { entityId, type TsValue } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

/** How a device of one transport acts. `refused`: the protocol's own way to say no; a closed connection is one. */
export type DriverClient = {
  telemetry(body: string): Promise<'accepted' | 'refused'>
  attributes(body: string): Promise<'accepted' | 'refused'>
  /** The answer's JSON. */
  readAttributes(keys: { clientKeys?: string; sharedKeys?: string }): Promise<unknown>
  close(): Promise<void>
}

export type TransportDriver = {
  name: string
  /** null: the platform refused the credentials. */
  connect(ports: Record<string, number>, token: string): Promise<DriverClient | null>
  largestBodyBytes: number
}

/** What holds for every transport, whatever its protocol. */
export const transportConformance = (driver: TransportDriver): void => {
  describe(`${driver.name} as a transport`, () => {
    let services: TestServices
    let engine: TestEngine

    beforeAll(async () => {
      services = await startTestServices()
      engine = await startTestEngine(services)
    })
    afterAll(async () => {
      await engine[Symbol.asyncDispose]()
      await services[Symbol.asyncDispose]()
    })

    const connect = async (): Promise<DriverClient> => {
      const client = await driver.connect(engine.ports, services.tenant.token)
      if (!client) throw new Error('The device was refused')
      return client
    }

    const stored = async (key: string): Promise<TsValue[]> => {
      const device = services.tenant.device.id.id
      const history = await services.db.telemetry.history(services.tenant.scope, {
        entityId: entityId('DEVICE', device),
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

    test('refuses credentials that nobody has', async () => {
      expect(await driver.connect(engine.ports, 'no-such-token')).toBeNull()
    })

    test('telemetry arrives once, at its own time', async () => {
      const client = await connect()
      expect(await client.telemetry('{"ts":1700000000000,"values":{"once":20.5}}')).toBe('accepted')
      await client.close()
      const points = await waitFor(async () => {
        const found = await stored('once')
        return found.length > 0 && found
      })
      expect(points).toMatchObject([{ ts: 1_700_000_000_000, type: 'DOUBLE', value: 20.5 }])
    })

    test('a body with many timestamps is stored as a whole', async () => {
      const client = await connect()
      const body = Array.from({ length: 30 }, (_, i) => ({ ts: 1_700_000_000_000 + i, values: { many: i } }))
      expect(await client.telemetry(JSON.stringify(body))).toBe('accepted')
      await client.close()
      await waitFor(async () => (await stored('many')).length === 30)
    })

    test.each(['{', '"text"', '', '[1]', 'null'])('answers the malformed body %j, and others go on', async (body) => {
      const broken = await connect()
      expect(await broken.telemetry(body)).toBe('refused')
      await broken.close()
      const healthy = await connect()
      expect(await healthy.telemetry('{"after":1}')).toBe('accepted')
      await healthy.close()
    })

    test('refuses a body beyond its limit', async () => {
      const client = await connect()
      const text = 'x'.repeat(driver.largestBodyBytes)
      expect(await client.telemetry(JSON.stringify({ text }))).toBe('refused')
      await client.close()
    })

    test('client attributes can be read back, by key and as a whole', async () => {
      const client = await connect()
      expect(await client.attributes('{"firmware":"1.2.3","retries":3}')).toBe('accepted')
      const answer = await waitFor(async () => {
        const found = await client.readAttributes({ clientKeys: 'firmware,missing' })
        return JSON.stringify(found) !== '{}' && found
      })
      expect(answer).toEqual({ client: { firmware: '1.2.3' } })
      expect(await client.readAttributes({})).toMatchObject({ client: { firmware: '1.2.3', retries: 3 } })
      expect(await client.readAttributes({ sharedKeys: 'firmware' })).toEqual({})
      await client.close()
    })

    test('stops within its deadline and leaves no port open', async () => {
      await using other = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
      const client = await driver.connect(other.ports, services.tenant.token)
      expect(client).not.toBeNull()
      const started = performance.now()
      await other.stop(Date.now() + 5_000)
      expect(performance.now() - started).toBeLessThan(5_000)
      await client?.close()
      await expect(driver.connect(other.ports, services.tenant.token)).rejects.toThrow()
    })
  })
}
