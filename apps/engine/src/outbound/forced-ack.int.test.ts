import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHttpWorld, type HttpWorld } from '../testing/http-world.ts'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'
import { testOutbound } from '../testing/test-outbound.ts'

const stack = new AsyncDisposableStack()
let world: QueueWorld
let http: HttpWorld
const answers = new Map<string, () => void>()

beforeAll(async () => {
  http = stack.use(
    await startHttpWorld(({ body }, response) => void answers.set(body, () => void response.end(`{"of":${body}}`))),
  )
  world = stack.use(await queueWorld({ outbound: testOutbound({ forcesAck: true }) }))
  await world.startRunner()
})
afterAll(() => stack.disposeAsync())

test('a message is done before the system has answered, and its answer returns to the chain that called', async () => {
  const rest = { restEndpointUrlPattern: http.url, requestMethod: 'POST', headers: {}, queryParams: [] }
  const inner = await world.draw('call --Success--> out', {
    call: { type: 'org.thingsboard.rule.engine.rest.TbRestApiCallNode', configuration: rest },
    out: { type: 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode' },
  })
  const outer = await world.draw('enter --out--> done', {
    enter: {
      type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
      configuration: { ruleChainId: inner.id, forwardMsgToDefaultRuleChain: false },
    },
  })
  const seen: string[] = []
  world.behaviours.set('done', (batch) => {
    seen.push(...batch.map(({ data }) => data))
    return []
  })
  await world.send('Main', [world.message('1', { ruleChainId: outer.id })])
  await waitFor(() => answers.has('1'), { what: 'the call' })
  await waitFor(async () => (await world.ledger())?.finished === 1, { what: 'the end of the message' })
  expect(seen).toEqual([])
  answers.get('1')?.()
  await waitFor(() => seen.length === 1, { what: 'the answer' })
  expect(seen).toEqual(['{"of":1}'])
  expect(await world.letters()).toEqual([])
})
