import { execFile } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { deviceClients } from '@thingwire/local-services'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractWorld, startContractWorld, type WiredDevice } from '../../testing/contract-world.ts'
import { describeWith } from '../../testing/describe-with.ts'

const run = promisify(execFile)
const deadline = { timeout: 20_000 }

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const stored = (device: WiredDevice, keys: readonly string[]) =>
  waitFor(async () => {
    const { body } = await world.admin.get(
      device.values(`values/timeseries?keys=${keys}&startTs=0&endTs=${Date.now()}`),
    )
    return Object.keys(body as object).length === keys.length
  })

/**
 * A device in one connection: telemetry with each quality of service, client and shared attributes, commands until one
 * says that it is enough, and its firmware.
 */
const pahoDevice = `
import hashlib, json, sys, threading
import paho.mqtt.client as mqtt
port, version, token = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
options = dict(client_id='paho', protocol=version)
if hasattr(mqtt, 'CallbackAPIVersion'):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, **options)
else:
    client = mqtt.Client(**options)
answered, ready, done, loaded = (threading.Event() for _ in range(4))
parts = []
def on_connect(client, *_):
    client.subscribe([('v1/devices/me/attributes/response/+', 1), ('v1/devices/me/rpc/request/+', 1),
                      ('v2/fw/response/+/chunk/+', 0)])
def on_message(client, userdata, message):
    if message.topic.startswith('v2/fw/'):
        parts.append(message.payload)
        loaded.set()
    elif 'attributes' in message.topic:
        print(message.topic, message.payload.decode())
        answered.set()
    else:
        command = json.loads(message.payload)
        client.publish(message.topic.replace('request', 'response'), json.dumps({'got': command['params']}), 1)
        if command['method'] == 'enough':
            done.set()
client.on_connect = on_connect
client.on_message = on_message
client.on_subscribe = lambda *_: ready.set()
client.username_pw_set(token)
client.connect('127.0.0.1', port, 30)
client.loop_start()
assert ready.wait(10)
for qos in (0, 1, 2):
    client.publish('v1/devices/me/telemetry', '{"paho%dqos%d": 1}' % (version, qos), qos).wait_for_publish(10)
client.publish('v1/devices/me/attributes', '{"maker": "eclipse"}', 1).wait_for_publish(10)
client.publish('v1/devices/me/attributes/request/4', '{"sharedKeys": "limit"}', 1)
assert answered.wait(10)
assert done.wait(10)
number = 0
while not parts or len(parts[-1]) == 1000:
    loaded.clear()
    client.publish('v2/fw/request/7/chunk/%d' % number, '1000', 0)
    assert loaded.wait(10)
    number += 1
print(hashlib.sha256(b''.join(parts)).hexdigest())
client.disconnect()
client.loop_stop()
`

/** A device with firmware of its own. */
const deviceWithFirmware = async () => {
  const data = randomBytes(2_500)
  const checksum = createHash('sha256').update(data).digest('hex')
  const { scope, device: sample } = world.tenant
  const { otaPackages } = world.services.db
  const { deviceProfileId } = sample
  const title = `pump ${randomUUID()}`
  const saved = await otaPackages.save(scope, { type: 'FIRMWARE', title, version: '1', deviceProfileId })
  const file = { fileName: 'pump.bin', contentType: 'application/octet-stream', checksum }
  await otaPackages.saveData(scope, saved.id.id, { data, checksumAlgorithm: 'SHA256', ...file })
  return { device: await world.device({ deviceProfileId, firmwareId: saved.id }), checksum }
}

describeWith(deviceClients.paho, 'Eclipse Paho for Python', (python) => {
  test.each([3, 4, 5])('protocol level %i', async (version) => {
    const { device, checksum } = await deviceWithFirmware()
    await world.admin.post(`/api/plugins/telemetry/DEVICE/${device.id}/SHARED_SCOPE`, { limit: 21.5 })
    const program = run(python, ['-c', pahoDevice, String(world.mqttPort), String(version), device.token], deadline)
    const command = (method: string) =>
      world.admin.post(`/api/rpc/twoway/${device.id}`, { method, params: { version } })
    const answers = async () => [await command('more'), await command('enough')]
    const [{ stdout }, answered] = await Promise.all([program, answers()])
    expect(answered).toMatchObject([
      { status: 200, body: { got: { version } } },
      { status: 200, body: { got: { version } } },
    ])
    expect(stdout.trim().split('\n')).toEqual([
      'v1/devices/me/attributes/response/4 {"shared":{"limit":21.5}}',
      checksum,
    ])
    await stored(
      device,
      [0, 1, 2].map((qos) => `paho${version}qos${qos}`),
    )
  })
})

describeWith(deviceClients.mosquitto, 'the clients of Mosquitto', () => {
  const versions = ['31', '311', '5']
  const mosquitto = (program: 'pub' | 'sub' | 'rr', user: string, version: string, ...more: string[]) => {
    const at = ['-h', '127.0.0.1', '-p', String(world.mqttPort), '-u', user, '-V', version, '-i', `m-${randomUUID()}`]
    return run(`mosquitto_${program}`, [...at, ...more], deadline)
  }

  test.each(versions)('[MQTT-7.0.0-2 v3] mosquitto_pub -V %s, which knows nothing of this server', async (version) => {
    const device = await world.device()
    for (const qos of ['0', '1', '2']) {
      const body = `{"v${version}qos${qos}":1}`
      await mosquitto('pub', device.token, version, '-q', qos, '-t', 'v1/devices/me/telemetry', '-m', body)
    }
    await stored(
      device,
      ['0', '1', '2'].map((qos) => `v${version}qos${qos}`),
    )
  })

  test.each(versions)('mosquitto_pub -V %s is told that its token is wrong', async (version) => {
    const refused = mosquitto('pub', 'nobody', version, '-q', '1', '-t', 'v1/devices/me/telemetry', '-m', '{"a":1}')
    await expect(refused).rejects.toMatchObject({ stderr: expect.stringMatching(/not authori[sz]ed|bad user name/i) })
  })

  test.each(versions)('mosquitto_sub -V %s hears of shared attributes', async (version) => {
    const device = await world.device()
    const listener = mosquitto('sub', device.token, version, '-q', '1', '-t', 'v1/devices/me/attributes', '-C', '1')
    // What is saved before it listens is not for it.
    let limit = 0
    let isOver = false
    const saving = waitFor(async () => {
      await world.admin.post(`/api/plugins/telemetry/DEVICE/${device.id}/SHARED_SCOPE`, { limit: ++limit })
      return isOver
    })
    const { stdout } = await listener.finally(() => {
      isOver = true
    })
    expect(stdout.trim()).toMatch(/^\{"limit":\d+\}$/)
    await saving
  })

  test.each(versions)('mosquitto_sub -V %s takes a command that waited for it', async (version) => {
    const device = await world.device()
    const command = world.admin.post(`/api/rpc/oneway/${device.id}`, { method: 'open', params: version })
    const { stdout } = await mosquitto(
      'sub',
      device.token,
      version,
      '-v',
      '-t',
      'v1/devices/me/rpc/request/+',
      '-C',
      '1',
    )
    expect(stdout.trim()).toBe(`v1/devices/me/rpc/request/0 {"method":"open","params":"${version}"}`)
    expect((await command).status).toBe(200)
  })

  test.each(versions)('mosquitto_rr -V %s asks for credentials', async (version) => {
    const key = randomUUID()
    const provisionConfiguration = { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: 'secret' }
    const profile = await world.admin.post('/api/deviceProfile', {
      name: `Self made ${key}`,
      type: 'DEFAULT',
      transportType: 'DEFAULT',
      provisionType: 'ALLOW_CREATE_NEW_DEVICES',
      provisionDeviceKey: key,
      profileData: { provisionConfiguration },
    })
    expect(profile.status).toBe(200)
    const request = { deviceName: `rr ${key}`, provisionDeviceKey: key, provisionDeviceSecret: 'secret', token: key }
    const topics = ['-t', '/provision/request', '-e', '/provision/response', '-q', '1']
    const { stdout } = await mosquitto('rr', 'provision', version, ...topics, '-m', JSON.stringify(request))
    expect(JSON.parse(stdout)).toEqual({ status: 'SUCCESS', credentialsType: 'ACCESS_TOKEN', credentialsValue: key })
    await mosquitto('pub', key, version, '-q', '1', '-t', 'v2/t', '-m', '{"a":1}')
  })
})
