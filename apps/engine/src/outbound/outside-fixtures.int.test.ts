import { createHash, generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { deviceClients, findDeviceClient } from '@thingwire/local-services'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { waitFor } from '@thingwire/testing'
import { Aedes } from 'aedes'
import { connect } from 'amqplib'
import { createServer, type AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCertificate } from '../testing/certificates.ts'
import { type HttpWorld, startHttpWorld } from '../testing/http-world.ts'
import { type KafkaBroker, startKafkaBroker } from '../testing/kafka-broker.ts'
import { parseFixture, runFixture } from '../testing/node-fixture.ts'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'
import { type RabbitMq, startRabbitMq } from '../testing/rabbitmq-broker.ts'
import { type SmtpServer, startSmtpServer } from '../testing/smtp-server.ts'
import { testOutbound } from '../testing/test-outbound.ts'
import { kindLoaders } from './kinds.ts'

/** Chains with external nodes, as they are exported, through the real queue; each calls a system of this test. */
const folder = new URL('../../../../packages/rule-nodes/src/fixtures/outside/', import.meta.url)
const files = readdirSync(folder)
const rabbitmq = findDeviceClient(deviceClients.rabbitmq)

const stack = new AsyncDisposableStack()
const authority = testCertificate({ name: 'Test CA', isAuthority: true })
const hub = testCertificate({ name: 'hub', issuer: authority, hosts: ['127.0.0.1'] })
const published: string[] = []
let world: QueueWorld
let http: HttpWorld
let kafka: KafkaBroker
let smtp: SmtpServer
let rabbit: RabbitMq | null = null
let vars: Record<string, string> = {}

beforeAll(async () => {
  http = stack.use(await startHttpWorld(({ url, body }, response) => answer(url, body, response)))
  kafka = stack.use(await startKafkaBroker())
  smtp = stack.use(await startSmtpServer())
  if (rabbitmq) rabbit = stack.use(await startRabbitMq(rabbitmq))
  const ports = await startMqtt()
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  vars = {
    HTTP: http.url,
    KAFKA_PORT: String(kafka.port),
    CA: authority.cert,
    GOOGLE_KEY: JSON.stringify({
      client_email: 'robot@plant.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    }),
  }
  const stored = { mailFrom: 'robot@example.org', smtpHost: '127.0.0.1', smtpPort: smtp.port }
  const outbound = testOutbound({
    addressOf: () => http.url,
    settings: async (key) => (key === 'mail' ? stored : undefined),
    kinds: {
      ...kindLoaders,
      // Ports of the chains are those of real systems; here other ones are free.
      mqtt: async () => {
        const open = await kindLoaders.mqtt()
        return (settings, deps) =>
          open({ ...settings, host: '127.0.0.1', port: settings.azure ? ports.tls : ports.plain }, deps)
      },
      rabbitmq: async () => {
        const open = await kindLoaders.rabbitmq()
        return (settings, deps) => open({ ...settings, host: '127.0.0.1', port: rabbit?.port ?? 1 }, deps)
      },
    },
  })
  world = stack.use(await queueWorld({ outbound }))
  await world.startRunner()
}, 90_000)
afterAll(() => stack.disposeAsync(), 60_000)

const startMqtt = async () => {
  const broker = await Aedes.createBroker()
  broker.on('publish', ({ topic, payload, qos }) => {
    if (!topic.startsWith('$SYS')) published.push(`${topic} ${payload} ${qos}`)
  })
  const plain = createServer(broker.handle)
  const secure = createTlsServer(hub, broker.handle)
  for (const server of [plain, secure]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stack.defer(async () => {
    await new Promise<void>((resolve) => broker.close(() => resolve()))
    plain.close()
    secure.close()
  })
  return { plain: (plain.address() as AddressInfo).port, tls: (secure.address() as AddressInfo).port }
}

const sns = '<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>'
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

const answer = (url: string, body: string, response: Parameters<Parameters<typeof startHttpWorld>[0]>[1]): void => {
  const say = (text: string, status = 200) =>
    response.writeHead(status, { 'X-Answer': 'yes', 'x-amzn-requestid': 'r-1' }).end(text)
  if (url === '/readings/missing') say('nobody', 404)
  else if (url.startsWith('/readings/')) say('{"received":true}')
  else if (url.startsWith('/2015-03-31/')) say('{"enriched":true}')
  else if (url.startsWith('/v1/projects/')) say('{"messageIds":["77"]}')
  else if (url.startsWith('/2010-04-01/')) say('{}', 201)
  else if (url === '/chat.postMessage') say('{"ok":true}')
  else if (body.startsWith('{')) {
    const { MessageBody } = JSON.parse(body) as { MessageBody: string }
    say(JSON.stringify({ MessageId: 'm-1', SequenceNumber: '7', MD5OfMessageBody: md5(MessageBody) }))
  } else say(sns)
}

const sentTo = (url: string) => http.seen.filter((request) => request.url === url)
const bodies = (url: string) => sentTo(url).map(({ body }) => body)
const data = '{"t":21.5}'

/** What each system must have got, by the fixture. */
const got: Record<string, () => unknown> = {
  'rest-api-call': () => {
    const [request] = sentTo('/readings/hall%20a')
    return expect([request?.method, request?.body, request?.headers['x-site']]).toEqual(['POST', data, 'north'])
  },
  kafka: () =>
    expect(kafka.records).toMatchObject([
      { topic: 'readings-north', key: Buffer.from('p1'), value: Buffer.from('{"id":"p1","t":21.5}') },
    ]),
  mqtt: () => expect(published).toContain(`site/north ${data} 1`),
  'azure-iot-hub': () => expect(published).toContain(`devices/hall/messages/events/ ${data} 1`),
  rabbitmq: async () => {
    const model = await connect(`amqp://guest:guest@127.0.0.1:${rabbit?.port}`)
    const message = await (await model.createChannel()).get('readings', { noAck: true })
    expect(message === false ? null : message.content.toString()).toBe(data)
    await model.close()
  },
  'aws-lambda': () =>
    expect(bodies('/2015-03-31/functions/enrich-north/invocations?Qualifier=%24LATEST')).toEqual([data]),
  'aws-sns': () =>
    expect(http.seen.map(({ body }) => new URLSearchParams(body).get('TopicArn')).filter(Boolean)).toEqual([
      'arn:aws:sns:us-east-1:1:north',
    ]),
  'aws-sqs': () =>
    expect(
      http.seen.filter(({ headers }) => headers['x-amz-target']).map(({ body }) => JSON.parse(body)),
    ).toMatchObject([
      { MessageBody: data, MessageAttributes: { site: { StringValue: 'north' } }, MessageGroupId: expect.any(String) },
    ]),
  'gcp-pubsub': () =>
    expect(bodies('/v1/projects/plant/topics/readings:publish').map((body) => JSON.parse(body))).toMatchObject([
      { messages: [{ data: Buffer.from(data).toString('base64'), attributes: { site: 'north' } }] },
    ]),
  'send-email': () => expect(smtp.received).toMatchObject([{ from: 'plant@example.org', to: ['ann@example.org'] }]),
  'send-sms': () =>
    expect(
      bodies('/2010-04-01/Accounts/AC1/Messages.json').map((body) => Object.fromEntries(new URLSearchParams(body))),
    ).toMatchObject([
      { To: '+491', Body: 'It is 21.5' },
      { To: '+492', Body: 'It is 21.5' },
    ]),
  'send-to-slack': () => expect(bodies('/chat.postMessage')).toEqual(['{"channel":"C1","text":"Pump 1 is at 21.5"}']),
}

test('every node that calls another system has a fixture', () => {
  const external = nodeManifests.filter(({ category, needs }) => category === 'external' && !needs)
  expect(files.toSorted()).toEqual(external.map(({ type }) => `${type}.json`).toSorted())
})

test.for(files)('%s', async (file, { skip }) => {
  if (file === 'rabbitmq.json' && !rabbit) return skip()
  if (rabbit && file === 'rabbitmq.json') {
    const model = await connect(`amqp://guest:guest@127.0.0.1:${rabbit.port}`)
    await (await model.createChannel()).assertQueue('readings')
    await model.close()
  }
  const fixture = parseFixture(readFileSync(new URL(file, folder), 'utf8'), vars)
  const { expected, observe } = await runFixture(world, fixture)
  const isAsExpected = async () => isDeepStrictEqual(await observe(), expected)
  await waitFor(isAsExpected, { deadlineMs: 10_000, what: fixture.about }).catch(() => {})
  expect(await observe()).toEqual(expected)
  const check = got[file.replace('.json', '')]
  if (!check) throw new Error(`Nothing is said of what ${file} sends`)
  await check()
})
