import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deviceClients } from '@thingwire/local-services'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContractWorld, startContractWorld, type WiredDevice } from '../../testing/contract-world.ts'
import { describeWith } from '../../testing/describe-with.ts'
import { blockOf, blockOption } from './block.ts'
import { uintOption } from './packet.ts'
import { openPeer, optionOf, type Peer } from './test-peer.ts'

const run = promisify(execFile)

/** No multiple of a block. */
const firmware = randomBytes(40_123)

let world: ContractWorld
let folder: string
beforeAll(async () => {
  world = await startContractWorld()
  folder = mkdtempSync(join(tmpdir(), 'thingwire-coap-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const peerOf = () => openPeer(world.engine.ports.coap ?? 0)
const observe = { code: '0.01', options: [uintOption('Observe', 0)] }
const isNotification = ({ type }: { type: string }) => type === 'CON'

const setShared = (device: WiredDevice, values: unknown) =>
  world.admin.post(`/api/plugins/telemetry/DEVICE/${device.id}/SHARED_SCOPE`, values)

/** The device of the tenant that every world has, with the firmware assigned. */
const deviceWithFirmware = async () => {
  const { scope, device, token } = world.tenant
  const { otaPackages, devices } = world.services.db
  const { id, name, deviceProfileId } = device
  const title = { type: 'FIRMWARE', title: 'pump', version: '2.0', deviceProfileId } as const
  const saved = await otaPackages.save(scope, title)
  const checksum = createHash('sha256').update(firmware).digest('hex')
  const file = { fileName: 'pump.bin', contentType: 'application/octet-stream', checksum }
  await otaPackages.saveData(scope, saved.id.id, { data: firmware, checksumAlgorithm: 'SHA256', ...file })
  await devices.save(scope, { id, name, deviceProfileId, firmwareId: saved.id })
  return token
}

describe('a device over CoAP', () => {
  let peer: Peer
  beforeAll(async () => {
    peer = await peerOf()
  })
  afterAll(() => peer.close())

  test('gets a command while it observes, and answers it', async () => {
    const device = await world.device()
    expect(await peer.ask({ ...observe, path: `api/v1/${device.token}/rpc` })).toMatchObject({ code: '2.03' })
    const answered = world.admin.post(`/api/rpc/twoway/${device.id}`, { method: 'open', params: { valve: 1 } })
    const notification = await peer.next(isNotification)
    await peer.empty('ACK', notification.messageId)
    const command = JSON.parse(notification.payload.toString())
    expect(command).toMatchObject({ method: 'open', params: { valve: 1 } })
    const reply = { path: `api/v1/${device.token}/rpc/${command.id}`, payload: '{"isOpen":true}' }
    expect(await peer.ask(reply)).toMatchObject({ code: '2.01' })
    expect(await answered).toMatchObject({ status: 200, body: { isOpen: true } })
  })

  test('gets a command that waited for it', async () => {
    const device = await world.device()
    const sent = world.admin.post(`/api/rpc/oneway/${device.id}`, { method: 'later', params: 1 })
    await waitFor(async () => (await world.services.redis.exists(`tw:rpc:${device.id}`)) === 1)
    await peer.ask({ ...observe, path: `api/v1/${device.token}/rpc` })
    const notification = await peer.next(isNotification)
    await peer.empty('ACK', notification.messageId)
    expect(JSON.parse(notification.payload.toString())).toMatchObject({ method: 'later', params: 1 })
    expect((await sent).status).toBe(200)
  })

  test('gets shared attributes, then each change, and is told when its credentials are gone', async () => {
    const device = await world.device()
    await setShared(device, { interval: 10 })
    const first = await peer.ask({ ...observe, path: `api/v1/${device.token}/attributes` })
    expect(JSON.parse(first.payload.toString())).toEqual({ interval: 10 })
    await setShared(device, { interval: 20 })
    const second = await peer.next(isNotification)
    await peer.empty('ACK', second.messageId)
    expect(JSON.parse(second.payload.toString())).toEqual({ interval: 20 })
    await world.admin.delete(`/api/device/${device.id}`)
    expect(await peer.next(({ type }) => type === 'NON')).toMatchObject({ code: '4.01' })
    expect(await peer.ask({ ...observe, path: `api/v1/${device.token}/attributes` })).toMatchObject({ code: '4.01' })
  })

  test('is active while it observes', async () => {
    const device = await world.device()
    await peer.ask({ ...observe, path: `api/v1/${device.token}/attributes` })
    await waitFor(async () => {
      const { body } = await world.admin.get(device.values('values/attributes/SERVER_SCOPE?keys=lastConnectTime'))
      return Array.isArray(body) && body.length === 1
    })
  })

  test('asks the server, and is told that a provisioning key is not known', async () => {
    const device = await world.device()
    const limits = await peer.ask({ path: `api/v1/${device.token}/rpc`, payload: '{"method":"getSessionLimits"}' })
    expect(limits.code).toBe('2.05')
    expect(JSON.parse(limits.payload.toString())).toMatchObject({ maxPayloadSize: 65_536 })
    expect(await peer.ask({ path: `api/v1/${device.token}/rpc`, payload: '{}' })).toMatchObject({ code: '4.00' })
    const unknown = '{"provisionDeviceKey":"nobody","provisionDeviceSecret":"nobody"}'
    const refused = await peer.ask({ path: 'api/v1/provision', payload: unknown })
    expect(refused.code).toBe('2.05')
    expect(JSON.parse(refused.payload.toString())).toMatchObject({ status: 'NOT_FOUND' })
  })

  test('with a profile of Protobuf is told that the format is not served', async () => {
    const configuration = { transportPayloadTypeConfiguration: { transportPayloadType: 'PROTOBUF' } }
    const profile = await world.admin.post('/api/deviceProfile', {
      name: 'Protobuf by CoAP',
      transportType: 'COAP',
      profileData: { transportConfiguration: { type: 'COAP', coapDeviceTypeConfiguration: configuration } },
    })
    const device = await world.device({ deviceProfileId: (profile.body as { id: unknown }).id })
    const path = (feature: string) => `api/v1/${device.token}/${feature}`
    for (const feature of ['telemetry', 'attributes', 'claim', 'rpc', 'rpc/1'])
      expect(await peer.ask({ path: path(feature), payload: '{}' })).toMatchObject({ code: '4.15' })
    for (const feature of ['attributes', 'rpc'])
      expect(await peer.ask({ ...observe, path: path(feature) })).toMatchObject({ code: '4.15' })
  })

  test('loads its firmware in blocks', async () => {
    const token = await deviceWithFirmware()
    const parts: Buffer[] = []
    for (let number = 0, more = true; more; number++) {
      const options = [blockOption('Block2', { number, more: false, sizeBytes: 1_024 })]
      const answer = await peer.ask({
        code: '0.01',
        path: `fw/${token}`,
        query: ['title=pump', 'version=2.0'],
        options,
      })
      expect(answer.code).toBe('2.05')
      parts.push(Buffer.from(answer.payload))
      more = blockOf(optionOf(answer, 'Block2') ?? Buffer.alloc(9))?.more ?? false
    }
    expect(Buffer.concat(parts).equals(firmware)).toBe(true)
  })
})

describeWith(deviceClients.coap, 'coap-client of libcoap', (coapClient) => {
  const url = (path: string) => `coap://127.0.0.1:${world.engine.ports.coap}/${path}`
  const client = async (...args: string[]) =>
    (await run(coapClient, args, { timeout: 20_000, encoding: 'utf8' })).stdout

  test('posts telemetry in one packet and in blocks, and is refused with a wrong token', async () => {
    const device = await world.device()
    await client('-m', 'post', '-t', 'json', '-e', '{"small":1}', url(`api/v1/${device.token}/telemetry`))
    const file = join(folder, 'large.json')
    writeFileSync(file, JSON.stringify({ large: 'x'.repeat(5_000) }))
    await client('-m', 'post', '-b', '256', '-f', file, url(`api/v1/${device.token}/telemetry`))
    await waitFor(async () => {
      const { body } = await world.admin.get(device.values('values/timeseries?keys=small,large'))
      return typeof body === 'object' && body !== null && 'small' in body && 'large' in body
    })
    const refused = await run(coapClient, ['-m', 'post', '-e', '{}', url('api/v1/nobody/telemetry')])
    expect(refused.stdout + refused.stderr).toContain('4.01')
  })

  test('reads and observes attributes', async () => {
    const device = await world.device()
    await setShared(device, { level: 1 })
    expect(await client('-m', 'get', url(`api/v1/${device.token}/attributes?sharedKeys=level`))).toContain(
      '{"shared":{"level":1}}',
    )
    const observed = client('-m', 'get', '-s', '3', url(`api/v1/${device.token}/attributes`))
    await waitFor(async () => {
      const { body } = await world.admin.get(device.values('values/attributes/SERVER_SCOPE?keys=lastConnectTime'))
      return Array.isArray(body) && body.length === 1
    })
    await setShared(device, { level: 2 })
    const output = await observed
    expect(output).toContain('{"level":1}')
    expect(output).toContain('{"level":2}')
  })

  test('takes a command while it observes', async () => {
    const device = await world.device()
    const sent = world.admin.post(`/api/rpc/oneway/${device.id}`, { method: 'open', params: 1 })
    const output = await client('-m', 'get', '-s', '2', url(`api/v1/${device.token}/rpc`))
    expect(output).toContain('"method":"open","params":1}')
    expect((await sent).status).toBe(200)
  })

  test('loads a firmware whose checksum is right', async () => {
    const token = await deviceWithFirmware().catch(() => world.tenant.token)
    const file = join(folder, 'pump.bin')
    await client('-m', 'get', '-b', '512', '-o', file, url(`fw/${token}?title=pump&version=2.0`))
    expect(readFileSync(file).equals(firmware)).toBe(true)
  })
})
