import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refuseOtherUpgrades } from './upgrades.ts'

const server = createServer()
beforeAll(async () => {
  server.on('upgrade', (incoming, socket) => {
    if (/^\/api\/ws(\W|$)/.test(incoming.url ?? '')) socket.end('HTTP/1.1 400 Ours\r\nConnection: close\r\n\r\n')
  })
  refuseOtherUpgrades(server, ['/socket.io/', '/api/ws'])
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

test.each([
  ['/', 404],
  ['/_next/hmr?id=1', 404],
  ['/api/wsx', 404],
  ['/socket.iox', 404],
  ['/api/ws', 400],
  ['/api/ws?token=x', 400],
  ['/api/ws/plugins/telemetry', 400],
])('an upgrade of %s is answered %d', async (path, status) => {
  const { port } = server.address() as AddressInfo
  const headers = { connection: 'Upgrade', upgrade: 'websocket' }
  const outgoing = request({ host: '127.0.0.1', port, path, headers }).end()
  const [answer] = await once(outgoing, 'response')
  expect(answer.statusCode).toBe(status)
  answer.resume()
})
