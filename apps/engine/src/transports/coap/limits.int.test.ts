import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, startTestServices, type TestServices } from '../../testing/test-engine.ts'
import { openPeer } from './test-peer.ts'

let services: TestServices
beforeAll(async () => {
  services = await startTestServices()
})
afterAll(() => services[Symbol.asyncDispose]())

test('after too many wrong tokens an address is told that it is too much, and other transports go on', async () => {
  const limits = { ENGINE_ROLES: 'gateway', DEVICE_BAN_FAILURES: '2', DEVICE_BAN_MS: '60000' }
  await using engine = await startTestEngine(services, limits)
  const peer = await openPeer(engine.ports.coap ?? 0)
  const post = async (token: string) => (await peer.ask({ path: `api/v1/${token}/telemetry`, payload: '{"a":1}' })).code
  expect([await post('wrong'), await post('wrong')]).toEqual(['4.01', '4.01'])
  expect(await post(services.tenant.token)).toBe('4.29')
  const provision = { path: 'api/v1/provision', payload: '{"provisionDeviceKey":"x","provisionDeviceSecret":"x"}' }
  expect((await peer.ask(provision)).code).toBe('4.29')
  const url = `http://127.0.0.1:${engine.ports.http}/api/v1/${services.tenant.token}/telemetry`
  expect((await fetch(url, { method: 'POST', body: '{"a":1}' })).status).toBe(200)
  await peer.close()
})
