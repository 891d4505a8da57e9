import { ruleChainFileSchema } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HttpWorld, startHttpWorld } from '../testing/http-world.ts'
import { startTestEngine, startTestServices, type TestServices } from '../testing/test-engine.ts'

const stack = new AsyncDisposableStack()
let services: TestServices
let http: HttpWorld

const password = 'the-node-password'

beforeAll(async () => {
  services = stack.use(await startTestServices())
  http = stack.use(
    await startHttpWorld(({ headers }, response) =>
      headers.authorization ? response.writeHead(401).end('wrong password') : response.end('{"answer":42}'),
    ),
  )
  const node = (type: string, name: string, configuration: object) => ({
    ...{
      type: `org.thingsboard.rule.engine.${type}`,
      name,
      configuration,
      configurationVersion: type.startsWith('rest') ? 4 : 0,
      additionalInfo: {},
    },
  })
  const rest = { restEndpointUrlPattern: http.url, requestMethod: 'POST', headers: {}, queryParams: [] }
  const file = ruleChainFileSchema.parse({
    ruleChain: { name: 'Calls', type: 'CORE', root: false },
    metadata: {
      firstNodeIndex: 0,
      nodes: [
        // Devices that come bring events of their own.
        node('filter.TbMsgTypeFilterNode', 'readings', { messageTypes: ['POST_TELEMETRY_REQUEST'] }),
        node('rest.TbRestApiCallNode', 'call', rest),
        node('rest.TbRestApiCallNode', 'refused', {
          ...rest,
          credentials: { type: 'basic', username: 'ann', password },
        }),
      ],
      connections: [
        { fromIndex: 0, toIndex: 1, type: 'True' },
        { fromIndex: 1, toIndex: 2, type: 'Success' },
      ],
    },
  })
  const { db, tenant } = services
  const { chain } = await db.ruleChains.create(tenant.scope, file)
  await db.ruleChains.setRoot(tenant.scope, chain.id.id)
})
afterAll(() => stack.disposeAsync())

const publish = (port: number | undefined) =>
  fetch(`http://127.0.0.1:${port}/api/v1/${services.tenant.token}/telemetry`, { method: 'POST', body: '{"t":1}' })
const letters = async () =>
  (await services.db.deadLetters.list(services.tenant.scope, { page: 0, pageSize: 10, sortOrder: 'ASC' })).data.map(
    ({ error }) => error,
  )

test('an engine lets rule chains reach nothing on its machine; with leave of its administrator it does', async () => {
  const closed = await startTestEngine(services)
  await publish(closed.ports.http)
  await waitFor(async () => (await letters()).length === 1, { what: 'the refusal' })
  expect(await letters()).toEqual([
    `POST ${http.url}/: 127.0.0.1 is an address that rule chains may not connect to (OUTBOUND_ALLOWED)`,
  ])
  expect(http.seen).toEqual([])
  await closed.stop(Date.now() + 3_000)

  await using open = await startTestEngine(services, { OUTBOUND_ALLOWED: '127.0.0.1' })
  await publish(open.ports.http)
  await waitFor(async () => (await letters()).length === 2, { what: 'the answer of the second call' })
  expect(http.seen.map(({ body }) => body)).toEqual(['{"t":1}', '{"answer":42}'])
  expect(await letters()).toContain(`401 Unauthorized from POST ${http.url}/`)
})

test('a password of a node stands in no dead letter and in no event', async () => {
  const rows = await services.db.deadLetters.list(services.tenant.scope, { page: 0, pageSize: 10, sortOrder: 'ASC' })
  const text = JSON.stringify(rows)
  expect(text).toContain('401 Unauthorized')
  for (const secret of [password, Buffer.from(`ann:${password}`).toString('base64')]) expect(text).not.toContain(secret)
})
