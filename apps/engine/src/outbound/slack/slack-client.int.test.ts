import { expect, test } from 'vitest'
import { startHttpWorld } from '../../testing/http-world.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { testOutbound } from '../../testing/test-outbound.ts'

const request = { channel: 'C1', text: 'Hot "here"' }
const answering = (body: unknown, status = 200) =>
  startHttpWorld((_, response) =>
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body)),
  )
const platform = (botToken: unknown) => async (key: string) =>
  key === 'notifications' ? { deliveryMethodsConfigs: { SLACK: { method: 'SLACK', botToken } } } : undefined

test('writes by chat.postMessage, as the bot of the node', async () => {
  await using slack = await answering({ ok: true, ts: '1' })
  const client = openClient(testOutbound({ addressOf: () => slack.url }), 'slack', { botToken: 'xoxb-1' })
  expect(await client.ask(request, 'message-node')).toBe(null)
  expect(slack.seen).toMatchObject([
    {
      method: 'POST',
      url: '/chat.postMessage',
      body: '{"channel":"C1","text":"Hot \\"here\\""}',
      headers: { authorization: 'Bearer xoxb-1', 'idempotency-key': 'message-node' },
    },
  ])
  await client.close()
})

test('or as that of the platform, which can change at any time', async () => {
  await using slack = await answering({ ok: true })
  let token: unknown = 'xoxb-2'
  const outbound = testOutbound({ addressOf: () => slack.url, settings: (key) => platform(token)(key) })
  const client = openClient(outbound, 'slack', { botToken: null })
  expect(await client.ask(request)).toBe(null)
  token = ''
  expect(await client.ask(request)).toBe('slack: no bot token is set up for the platform')
  expect(slack.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer xoxb-2'])
  await client.close()
})

test.each([
  [{ ok: false, error: 'channel_not_found' }, 200, 'slack: channel_not_found'],
  [{ ok: false }, 200, 'slack: refused without a reason'],
  ['<html>', 503, 'slack: 503 Service Unavailable'],
])('says why Slack refuses: %j', async (body, status, reason) => {
  await using slack = await answering(body, status)
  const client = openClient(testOutbound({ addressOf: () => slack.url }), 'slack', { botToken: 'xoxb-1' })
  expect(await client.ask(request)).toBe(reason)
  await client.close()
})
