import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLogger } from '../observability/logger.ts'
import { createPublicHttpServer } from './server.ts'

/** A web console that closes every kept connection when the second request comes in on it. */
const forgetfulConsole = async () => {
  const served = new WeakSet<Socket>()
  let dropped = 0
  const server = createServer((request, response) => {
    if (served.has(request.socket)) {
      dropped += 1
      request.socket.resetAndDestroy()
      return
    }
    served.add(request.socket)
    response.end(`${request.method} ${request.url}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, dropped: () => dropped }
}

test('a connection that the web console closed under a request is not the end of that request', async () => {
  const console = await forgetfulConsole()
  const server = createPublicHttpServer({
    host: '127.0.0.1',
    port: 0,
    webUrl: console.url,
    registrations: [],
    upgradePaths: [],
    logger: createLogger({ level: 'silent', roles: ['test'] }),
  })
  await server.start()
  onTestFinished(() => server.stop(Date.now() + 1_000))
  for (const path of ['/devices', '/_next/static/chunk.js', '/icon.svg']) {
    const answer = await fetch(`http://127.0.0.1:${server.port()}${path}`)
    expect([answer.status, await answer.text()]).toEqual([200, `GET ${path}`])
  }
  expect(console.dropped()).toBeGreaterThan(0)
})

test('built files of the web console are read from their folder, the console answers the rest', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'built-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'a.js'), 'built')
  const asked: string[] = []
  const web = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('console')
  })
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  onTestFinished(() => void web.close())
  const server = createPublicHttpServer({
    ...{ host: '127.0.0.1', port: 0, webUrl: `http://127.0.0.1:${(web.address() as AddressInfo).port}` },
    ...{ webFiles: folder, registrations: [], upgradePaths: [] },
    logger: createLogger({ level: 'silent', roles: ['test'] }),
  })
  await server.start()
  onTestFinished(() => server.stop(Date.now() + 1_000))
  const bodyOf = async (path: string) => (await fetch(`http://127.0.0.1:${server.port()}${path}`)).text()
  expect(await bodyOf('/_next/static/a.js')).toBe('built')
  expect(await bodyOf('/_next/static/b.js')).toBe('console')
  expect(await bodyOf('/devices')).toBe('console')
  expect(asked).toEqual(['/_next/static/b.js', '/devices'])
})

test('the web console is told who may show dashboards in frames, whatever a client says', async () => {
  const told: unknown[] = []
  const web = createServer((request, response) => {
    told.push(request.headers['x-frame-origins'])
    response.end()
  })
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  onTestFinished(() => void web.close())
  const { port } = web.address() as AddressInfo
  for (const frameOrigins of [['https://portal.example.org', 'https://b.example'], undefined]) {
    const server = createPublicHttpServer({
      ...{ host: '127.0.0.1', port: 0, webUrl: `http://127.0.0.1:${port}`, frameOrigins },
      ...{ registrations: [], upgradePaths: [], logger: createLogger({ level: 'silent', roles: ['test'] }) },
    })
    await server.start()
    onTestFinished(() => server.stop(Date.now() + 1_000))
    const headers = { 'x-frame-origins': '*' }
    await fetch(`http://127.0.0.1:${server.port()}/dashboards/a?embed=1`, { headers })
  }
  expect(told).toEqual(['https://portal.example.org https://b.example', ''])
})
