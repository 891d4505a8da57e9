import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { entityId } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../../testing/test-engine.ts'

const run = promisify(execFile)
const deadline = { timeout: 20_000 }

const python = process.env.PAHO_PYTHON ?? 'python3'
const hasPaho = spawnSync(python, ['-c', 'import paho.mqtt.client']).status === 0
const hasMosquitto = spawnSync('mosquitto_pub', ['--help']).error === undefined

/** Publishes with each quality of service, reads its attributes back, in one connection. */
const pahoDevice = `
import sys, threading
import paho.mqtt.client as mqtt
port, version, token = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
options = dict(client_id='paho', protocol=version)
if hasattr(mqtt, 'CallbackAPIVersion'):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, **options)
else:
    client = mqtt.Client(**options)
answered = threading.Event()
def on_connect(client, *_):
    client.subscribe('v1/devices/me/attributes/response/+', 1)
def on_message(client, userdata, message):
    print(message.topic, message.payload.decode())
    answered.set()
def on_subscribe(*_):
    ready.set()
ready = threading.Event()
client.on_connect = on_connect
client.on_message = on_message
client.on_subscribe = on_subscribe
client.username_pw_set(token)
client.connect('127.0.0.1', port, 30)
client.loop_start()
assert ready.wait(10)
for qos in (0, 1, 2):
    client.publish('v1/devices/me/telemetry', '{"paho%dqos%d": 1}' % (version, qos), qos).wait_for_publish(10)
client.publish('v1/devices/me/attributes/request/4', '{"clientKeys":"none"}', 1)
assert answered.wait(10)
client.disconnect()
client.loop_stop()
`

describe('clients of other makers', () => {
  let services: TestServices
  let engine: TestEngine
  beforeAll(async () => {
    services = await startTestServices()
    engine = await startTestEngine(services)
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
  })

  const stored = async (keys: string[]) => {
    const id = entityId('DEVICE', services.tenant.device.id.id)
    await waitFor(async () => {
      const latest = await services.db.telemetry.latest(services.tenant.scope, id, keys)
      return latest.length === keys.length
    })
  }

  test.skipIf(!hasPaho).each([3, 4, 5])('Eclipse Paho for Python, protocol level %i', async (version) => {
    const { stdout } = await run(
      python,
      ['-c', pahoDevice, String(engine.ports.mqtt), String(version), services.tenant.token],
      deadline,
    )
    expect(stdout.trim()).toBe('v1/devices/me/attributes/response/4 {}')
    await stored([0, 1, 2].map((qos) => `paho${version}qos${qos}`))
  })

  test.skipIf(!hasMosquitto).each(['31', '311', '5'])('mosquitto_pub -V %s', async (version) => {
    const at = [
      '-h',
      '127.0.0.1',
      '-p',
      String(engine.ports.mqtt),
      '-u',
      services.tenant.token,
      '-i',
      'm',
      '-V',
      version,
    ]
    for (const qos of ['0', '1', '2']) {
      const body = `{"mosquitto${version}qos${qos}":1}`
      await run('mosquitto_pub', [...at, '-q', qos, '-t', 'v1/devices/me/telemetry', '-m', body], deadline)
    }
    await stored(['0', '1', '2'].map((qos) => `mosquitto${version}qos${qos}`))
  })

  test.skipIf(!hasMosquitto).each(['31', '311', '5'])('mosquitto_sub -V %s', async (version) => {
    const at = ['-h', '127.0.0.1', '-p', String(engine.ports.mqtt), '-u', services.tenant.token, '-V', version]
    const listener = run('mosquitto_sub', [...at, '-q', '1', '-t', 'v1/devices/me/attributes', '-C', '1'], deadline)
    const { tenantId, device } = services.tenant
    const downlink = { tenantId, deviceId: device.id.id, scope: 'SHARED_SCOPE', values: { limit: 1 } }
    // What is sent before it listens is not for it.
    const timer = setInterval(() => void services.redis.publish('tw:downlink', JSON.stringify(downlink)), 50)
    const { stdout } = await listener.finally(() => clearInterval(timer))
    expect(stdout.trim()).toBe('{"limit":1}')
  })
})
