import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { deviceClients } from '@thingwire/local-services'
import { waitFor } from '@thingwire/testing'
import mqtt, { type IClientOptions, type IPublishPacket } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeWith } from '../testing/describe-with.ts'
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts'
import { everything, type SpaceWorld, startSpaceWorld } from '../testing/topic-space-world.ts'

const run = promisify(execFile)

let world: SpaceWorld
let engine: TestEngine
beforeAll(async () => {
  world = await startSpaceWorld()
  engine = await startTestEngine(world.services)
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const token = async () => (await world.device(everything)).token

describeWith(deviceClients.mosquitto, 'the clients of Mosquitto in a topic space', () => {
  const mosquitto = (program: 'pub' | 'sub' | 'rr', user: string, version: string, ...more: string[]) => {
    const at = ['-h', '127.0.0.1', '-p', String(engine.ports.mqtt), '-u', user, '-V', version, ...more]
    return run(`mosquitto_${program}`, at, { timeout: 20_000 })
  }

  test.each(['31', '311', '5'])('version %s: retained messages of each quality, wildcards', async (version) => {
    const user = await token()
    for (const qos of ['0', '1', '2'])
      await mosquitto(
        'pub',
        user,
        version,
        '-i',
        'p',
        '-q',
        qos,
        '-r',
        '-t',
        `m${version}/${qos}/t`,
        '-m',
        `qos ${qos}`,
      )
    const listen = ['-i', 's', '-q', '2', '-t', `m${version}/+/#`, '-C', '3', '-F', '%t %q %r %p']
    const { stdout } = await mosquitto('sub', user, version, ...listen)
    expect(stdout.trim().split('\n')).toEqual(['0', '1', '2'].map((qos) => `m${version}/${qos}/t ${qos} 1 qos ${qos}`))
  })

  test.each(['311', '5'])('version %s: a session that is kept', async (version) => {
    const user = await token()
    const keep = ['-c', '-i', 'keeper', '-q', '2', '-t', `k${version}/#`, ...(version === '5' ? ['-x', '600'] : [])]
    await mosquitto('sub', user, version, ...keep, '-E')
    const other = await token()
    for (const qos of ['1', '2'])
      await mosquitto('pub', other, version, '-i', 'p', '-q', qos, '-t', `k${version}/${qos}`, '-m', qos)
    const { stdout } = await mosquitto('sub', user, version, ...keep, '-C', '2')
    expect(stdout.trim().split('\n')).toEqual(['1', '2'])
  })

  test('version 5: a request and its answer, properties and all', async () => {
    const answering = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, {
      protocolVersion: 5,
      username: await token(),
    })
    answering.on('message', (_topic, payload, { properties }: IPublishPacket) => {
      const { responseTopic = '', correlationData, userProperties } = properties ?? {}
      answering.publish(responseTopic, `${payload} ${JSON.stringify(userProperties)}`, {
        ...(correlationData && { properties: { correlationData } }),
      })
    })
    await answering.subscribeAsync('rr/ask', { qos: 1 })
    const request = [
      '-i',
      'rr',
      '-t',
      'rr/ask',
      '-e',
      'rr/answer',
      '-m',
      'how',
      '-D',
      'publish',
      'user-property',
      'a',
      'b',
    ]
    const { stdout } = await mosquitto('rr', await token(), '5', ...request)
    expect(stdout.trim()).toBe('how {"a":"b"}')
    await answering.endAsync(true)
  })

  test('version 5: what is not allowed is told', async () => {
    const { token: user } = await world.device({ publishFilters: ['mine'], subscribeFilters: [] })
    const told = await mosquitto('pub', user, '5', '-i', 'p', '-q', '1', '-t', 'theirs', '-m', 'x').catch(
      (error) => error,
    )
    expect(`${told.stdout} ${told.stderr}`).toMatch(/not authori[sz]ed/i)
  })
})

describe('MQTT.js in a topic space', () => {
  const open = async (options: IClientOptions) =>
    mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, { clientId: randomUUID(), ...options })

  test.each([4, 5] as const)(
    'version %i: a client that loses its connection loses no message',
    async (protocolVersion) => {
      const keeping = { ...(protocolVersion === 5 && { properties: { sessionExpiryInterval: 600 } }) }
      const listener = await open({
        protocolVersion,
        username: await token(),
        clean: false,
        reconnectPeriod: 50,
        ...keeping,
      })
      const got: string[] = []
      listener.on('message', (_topic, payload) => got.push(payload.toString()))
      const topic = `js/${protocolVersion}`
      await listener.subscribeAsync(topic, { qos: 2 })
      const publisher = await open({ protocolVersion, username: await token() })
      for (let n = 0; n < 50; n++) {
        if (n % 10 === 5) listener.stream.destroy()
        await publisher.publishAsync(topic, String(n), { qos: n % 2 === 0 ? 1 : 2 })
      }
      await waitFor(() => new Set(got).size === 50)
      const exactlyOnce = got.filter((text) => Number(text) % 2 === 1)
      expect(exactlyOnce).toEqual([...new Set(exactlyOnce)])
      await Promise.all([listener.endAsync(true), publisher.endAsync(true)])
    },
  )

  test('version 5: a will with a delay, a shared subscription, an alias both ways', async () => {
    const protocolVersion = 5
    const will = {
      topic: 'js/will',
      payload: Buffer.from('gone'),
      qos: 1 as const,
      retain: false,
      properties: { willDelayInterval: 1 },
    }
    const mortal = await open({
      protocolVersion,
      username: await token(),
      reconnectPeriod: 0,
      will,
      properties: { sessionExpiryInterval: 60 },
    })
    const listener = await open({ protocolVersion, username: await token(), properties: { topicAliasMaximum: 5 } })
    const got: string[] = []
    listener.on('message', (topic, payload) => got.push(`${topic} ${payload}`))
    await listener.subscribeAsync('$share/js/js/#', { qos: 1 })
    const publisher = await open({ protocolVersion, username: await token(), autoAssignTopicAlias: true })
    for (const text of ['a', 'b']) await publisher.publishAsync('js/long/topic', text, { qos: 1 })
    mortal.stream.destroy()
    await waitFor(() => got.length === 3)
    expect(got).toEqual(['js/long/topic a', 'js/long/topic b', 'js/will gone'])
    await Promise.all([listener.endAsync(true), publisher.endAsync(true)])
  })
})
