import { generateKeyPairSync } from 'node:crypto'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { startHttpWorld } from '../../testing/http-world.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { testOutbound } from '../../testing/test-outbound.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const email = 'robot@plant.iam.gserviceaccount.com'
const keyFile = (privatePem: string | Buffer) =>
  JSON.stringify({ type: 'service_account', client_email: email, private_key: privatePem, private_key_id: 'k1' })
const serviceAccountKey = keyFile(privateKey.export({ type: 'pkcs8', format: 'pem' }))
const request = { projectId: 'plant', topic: 'readings', data: '{"t":"ö"}', attributes: { site: 'north' } }

test('publishes with a token that the service account has signed for Pub/Sub', async () => {
  await using google = await startHttpWorld((_, response) => void response.end('{"messageIds":["77"]}'))
  let now = Date.now()
  const outbound = testOutbound({ addressOf: () => google.url, now: () => now })
  const client = openClient(outbound, 'gcp-pubsub', { serviceAccountKey })
  expect(await client.ask(request, 'message-node')).toEqual({ messageId: '77' })
  expect(google.seen).toMatchObject([{ method: 'POST', url: '/v1/projects/plant/topics/readings:publish' }])
  expect(JSON.parse(google.seen[0]?.body ?? '')).toEqual({
    messages: [
      {
        data: Buffer.from('{"t":"ö"}').toString('base64'),
        attributes: { 'Idempotency-Key': 'message-node', site: 'north' },
      },
    ],
  })
  const token = /^Bearer (.+)$/.exec(google.seen[0]?.headers.authorization ?? '')?.[1] ?? ''
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' })
  const audience = 'https://pubsub.googleapis.com/google.pubsub.v1.Publisher'
  const { payload } = await jwtVerify(token, publicKey, { audience, issuer: email, subject: email })
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600)

  // One token serves until shortly before its end.
  now += 54 * 60_000
  await client.ask(request)
  now += 2 * 60_000
  await client.ask(request)
  const tokens = google.seen.map(({ headers }) => headers.authorization)
  expect([tokens[1] === tokens[0], tokens[2] === tokens[0]]).toEqual([true, false])
  await client.close()
})

test('says what Google says, and which topic it was about', async () => {
  const refusal = JSON.stringify({ error: { code: 404, message: 'Resource not found (resource=readings).' } })
  await using google = await startHttpWorld((_, response) => response.writeHead(404).end(refusal))
  const client = openClient(testOutbound({ addressOf: () => google.url }), 'gcp-pubsub', { serviceAccountKey })
  expect(await client.ask(request)).toBe('gcp pubsub plant/readings: 404 Resource not found (resource=readings).')
  await client.close()
})

test('a key that cannot be read is a failure without the key', async () => {
  const client = openClient(testOutbound(), 'gcp-pubsub', { serviceAccountKey: keyFile('-----BEGIN secret') })
  expect(await client.ask(request)).toBe(
    'gcp pubsub plant/readings: the private key of the service account cannot be read',
  )
  await client.close()
})
