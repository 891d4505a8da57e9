import { waitFor } from '@thingwire/testing'
import { describe, expect, test } from 'vitest'
import { startTestEngine, startTestServices } from '../../testing/test-engine.ts'

const base = (ports: Record<string, number>, token: string) => `http://127.0.0.1:${ports.http}/api/v1/${token}`

const post = (url: string, body: string) => fetch(url, { method: 'POST', body })

describe('the device HTTP API', () => {
  test('tells its refusals by status, and what it cannot read by a body, to every origin', async () => {
    await using services = await startTestServices()
    await using engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
    const url = base(engine.ports, services.tenant.token)
    const statusOf = async (response: Promise<Response>) => {
      const { status, headers, text } = await response.then(async (r) => ({
        ...r,
        status: r.status,
        headers: r.headers,
        text: await r.text(),
      }))
      if (status === 500) expect(JSON.parse(text)).toMatchObject({ status, errorCode: 31, message: expect.any(String) })
      else expect(text).toBe('')
      expect(headers.get('access-control-allow-origin')).toBe('*')
      return status
    }
    expect(await statusOf(post(`${base(engine.ports, 'nobody')}/telemetry`, '{"a":1}'))).toBe(401)
    expect(await statusOf(post(`${url}/telemetry`, 'no json'))).toBe(500)
    expect(await statusOf(post(`${url}/telemetry`, '{"a":1}'))).toBe(200)
    expect(await statusOf(post(`${url}/rpc`, '{"params":1}'))).toBe(500)
    expect(await statusOf(post(`${url}/rpc/x`, '1'))).toBe(400)
    const nonsense = { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/' } }
    expect(await statusOf(fetch(`${url}/telemetry`, nonsense))).toBe(200)
    expect(await statusOf(fetch(`${url}/rpc?timeout=50`))).toBe(408)
    expect(await statusOf(post(`${url}/rpc/0`, 'x'.repeat(70_000)))).toBe(413)
    expect(await statusOf(fetch(`${url}/nonsense`))).toBe(404)
    expect(await statusOf(fetch(`${url}/telemetry`, { method: 'OPTIONS' }))).toBe(200)
  })

  test('a long poll gets the next update, or 408 when none comes', async () => {
    await using services = await startTestServices()
    await using engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
    const url = `${base(engine.ports, services.tenant.token)}/attributes/updates`
    expect((await fetch(`${url}?timeout=50`)).status).toBe(408)
    const poll = fetch(`${url}?timeout=20000`)
    const { tenantId, device } = services.tenant
    const downlink = { tenantId, deviceId: device.id.id, scope: 'SHARED_SCOPE', values: { limit: 7 } }
    // The poll may not be listening yet: what was sent before it does is not for it.
    const timer = setInterval(() => void services.redis.publish('tw:downlink', JSON.stringify(downlink)), 20)
    const response = await poll
    clearInterval(timer)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ limit: 7 })
  })

  test('answers 503 with Retry-After while the queue is away or full, and recovers by itself', async () => {
    await using services = await startTestServices()
    // One waiting message is too much, and nobody takes them out.
    await using engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway', QUEUE_MAX_PENDING: '1' })
    const url = `${base(engine.ports, services.tenant.token)}/telemetry`
    const refused = await waitFor(
      async () => {
        const response = await post(url, '{"a":1}')
        return response.status === 503 ? response : null
      },
      { deadlineMs: 10_000 },
    )
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await using _rules = await startTestEngine(services, { ENGINE_ROLES: 'rules' })
    await waitFor(async () => (await post(url, '{"a":2}')).status === 200, { deadlineMs: 10_000 })
  })
})
