import { waitFor } from '@thingwire/testing'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { silentLogger } from '../../observability/logger.ts'
import { scriptedGateway } from '../../testing/scripted-gateway.ts'
import type { SessionEnd } from '../transport.ts'
import { httpDeviceApi } from './server.ts'

/** The API with a gateway whose sessions the test ends. */
const startApi = async () => {
  const stack = new AsyncDisposableStack()
  const scripted = scriptedGateway()
  const app = fastify()
  httpDeviceApi({ gateway: scripted.gateway, logger: silentLogger })(app)
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  stack.defer(() => app.close())
  return {
    ...scripted,
    url: (path: string) => `${address}/api/v1/good/${path}`,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const polls = ['attributes/updates', 'rpc']
const ends: [SessionEnd, number, string][] = [
  ['device-deleted', 403, 'Device was deleted!'],
  ['credentials-changed', 401, ''],
  ['stopping', 503, ''],
]

test.each(polls.flatMap((path) => ends.map((end) => [path, ...end] as const)))(
  'GET %s that ends with %s answers %i %j',
  async (path, reason, status, body) => {
    await using api = await startApi()
    const answer = fetch(api.url(path))
    const session = await waitFor(() => api.sessions.find(({ onClose }) => onClose))
    session.onClose?.(reason)
    const response = await answer
    expect([response.status, await response.text()]).toEqual([status, body])
    expect(api.closed).toHaveLength(1)
  },
)

test.each(polls)('GET %s whose client goes leaves no session behind', async (path) => {
  await using api = await startApi()
  const going = new AbortController()
  const answer = fetch(api.url(path), { signal: going.signal })
  await waitFor(() => api.sessions.some(({ onClose }) => onClose))
  going.abort()
  await expect(answer).rejects.toThrow()
  await waitFor(() => api.closed.length === 1)
})
