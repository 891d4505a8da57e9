import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { promisify } from 'node:util'
import { entityId } from '@thingwire/contracts'
import { deviceClients } from '@thingwire/local-services'
import { waitFor } from '@thingwire/testing'
import { generate } from 'mqtt-packet'
import mqtt, { type IClientOptions } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withCredentialsId } from '../../../devices/credentials-id.ts'
import { withChainKey } from '../../../provisioning/chain-profile.ts'
import { type TestCertificate, testCertificate } from '../../../testing/certificates.ts'
import { describeWith } from '../../../testing/describe-with.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../../../testing/test-engine.ts'

const run = promisify(execFile)

describe('devices with certificates', () => {
  let services: TestServices
  let engine: TestEngine
  let folder: string
  const server = testCertificate({ name: 'localhost', hosts: ['localhost'] })
  const file = (name: string) => join(folder, name)

  beforeAll(async () => {
    services = await startTestServices()
    folder = await mkdtemp(join(tmpdir(), 'x509-'))
    await writeFile(file('cert.pem'), server.cert)
    await writeFile(file('key.pem'), server.key)
    engine = await startTestEngine(services, settings())
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })
  const settings = () => ({ MQTT_TLS_PORT: '0', MQTT_TLS_CERT: file('cert.pem'), MQTT_TLS_KEY: file('key.pem') })

  const connect = (shown: readonly TestCertificate[], options: IClientOptions = {}, port = engine.ports.mqtts) =>
    mqtt.connectAsync(
      `mqtts://localhost:${port}`,
      {
        protocolVersion: 5,
        clientId: 'c',
        reconnectPeriod: 0,
        ca: server.cert,
        ...(shown[0] && { cert: shown.map(({ cert }) => cert).join(''), key: shown[0].key }),
        ...options,
      },
      false,
    )
  const refusal = async (...given: Parameters<typeof connect>): Promise<unknown> => {
    const client = await connect(...given).catch((error: unknown) => error)
    if (!(client instanceof mqtt.MqttClient)) return client instanceof Error ? Reflect.get(client, 'code') : client
    await client.endAsync(true)
    return 'accepted'
  }

  const scope = () => services.tenant.scope
  const deviceWith = async (certificate: TestCertificate) => {
    const credentials = withCredentialsId({ credentialsType: 'X509_CERTIFICATE', credentialsValue: certificate.cert })
    return services.db.devices.save(scope(), { name: `Certified ${randomUUID()}` }, { credentials })
  }
  const stored = (id: string, key: string) =>
    waitFor(async () => (await services.db.telemetry.latest(scope(), entityId('DEVICE', id), [key])).length === 1)

  test('a certificate is its device, whoever signed it and whatever name comes with it', async () => {
    const own = testCertificate({ name: 'own' })
    const device = await deviceWith(own)
    for (const protocolVersion of [4, 5] as const) {
      const client = await connect([own], { protocolVersion, username: 'nobody', password: 'x' })
      await client.publishAsync('v1/devices/me/telemetry', `{"v${protocolVersion}":1}`, { qos: 1 })
      await client.endAsync()
      await stored(device.id.id, `v${protocolVersion}`)
    }
  })

  test('an unknown one is refused, even with a token that would do', async () => {
    const unknown = testCertificate({ name: 'unknown' })
    const username = services.tenant.token
    expect(await refusal([unknown], { username })).toBe(0x87)
    expect(await refusal([unknown], { username, protocolVersion: 4 })).toBe(5)
    expect(await refusal([], { username })).toBe('accepted')
  })

  test('the certificate of another device does not help without its key', async () => {
    const [own, other] = [testCertificate({ name: 'a' }), testCertificate({ name: 'b' })]
    await deviceWith(other)
    // Sent behind one's own, as if it had signed it.
    expect(await refusal([own, other])).toBe(0x87)
  })

  test('outside its time it is refused, unless the setting says otherwise', async () => {
    const expired = testCertificate({ name: 'expired', validFromDays: -9, validToDays: -1 })
    const early = testCertificate({ name: 'early', validFromDays: 1 })
    for (const certificate of [expired, early]) await deviceWith(certificate)
    expect(await refusal([expired])).toBe(0x87)
    expect(await refusal([early])).toBe(0x87)
    await using lax = await startTestEngine(services, {
      ...settings(),
      ENGINE_ROLES: 'gateway',
      MQTT_TLS_SKIP_VALIDITY_CHECK: '1',
    })
    expect(await refusal([expired], {}, lax.ports.mqtts)).toBe('accepted')
    expect(await refusal([early], {}, lax.ports.mqtts)).toBe('accepted')
  })

  describe('of an authority that a profile trusts', () => {
    const profileOf = (authority: TestCertificate, more: Record<string, unknown> = {}) =>
      services.db.deviceProfiles.save(
        scope(),
        withChainKey({
          name: `Chain ${randomUUID()}`,
          type: 'DEFAULT',
          transportType: 'MQTT',
          provisionType: 'X509_CERTIFICATE_CHAIN',
          profileData: {
            configuration: { type: 'DEFAULT' },
            transportConfiguration: { type: 'MQTT' },
            provisionConfiguration: {
              type: 'X509_CERTIFICATE_CHAIN',
              provisionDeviceSecret: authority.cert,
              certificateRegExPattern: '^([^.]+)\\.devices$',
              allowCreateNewDevicesByX509Certificate: true,
              ...more,
            },
          },
        }),
      )
    const authority = (name: string, issuer?: TestCertificate) =>
      testCertificate({ name, isAuthority: true, ...(issuer && { issuer }) })
    const named = (name: string, issuer: TestCertificate, more = {}) =>
      testCertificate({ name: `${name}.devices`, issuer, ...more })
    const find = (name: string) => services.db.devices.findByName(scope(), name)
    const audited = async (id: string) => {
      const link = { page: 0, pageSize: 100, textSearch: '', sortOrder: 'ASC', sortProperty: 'createdTime' } as const
      const { tenantId } = services.tenant
      const { data } = await services.db.audit.list(tenantId, link, { entityId: entityId('DEVICE', id) })
      return data.map(({ actionType }) => actionType)
    }

    test('a new device is made under the name in its certificate, and comes again by the leaf alone', async () => {
      const root = authority('Root 1')
      const issuing = authority('Issuing 1', root)
      const profile = await profileOf(issuing)
      const leaf = named('meter-1', issuing)
      const client = await connect([leaf, issuing, root])
      await client.publishAsync('v1/devices/me/telemetry', '{"first":1}', { qos: 1 })
      await client.endAsync()
      const device = await find('meter-1')
      expect(device?.deviceProfileId).toEqual(profile.id)
      const id = device?.id.id ?? ''
      await stored(id, 'first')
      await waitFor(async () => (await audited(id)).includes('PROVISION_SUCCESS'))
      expect(await audited(id)).toContain('ADDED')
      expect(await refusal([leaf])).toBe('accepted')
    })

    test('a device that was refused is known by its authority in a resumed session too', async () => {
      const root = authority('Root 8')
      const leaf = named('resumed', root)
      const handshake = (session?: Buffer) =>
        new Promise<{ code: number | undefined; session: Buffer | undefined; isReused: boolean }>((resolve, reject) => {
          const given = { ca: server.cert, cert: leaf.cert + root.cert, key: leaf.key, ...(session && { session }) }
          const socket = connectTls({ port: engine.ports.mqtts ?? 0, host: 'localhost', ...given })
          let latest: Buffer | undefined
          socket.on('session', (next) => {
            latest = next
          })
          socket.on('error', reject)
          socket.once('secureConnect', () =>
            socket.write(
              generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'r' }),
            ),
          )
          // CONNACK: two bytes of header, flags, return code.
          socket.once('data', (bytes: Buffer) => {
            resolve({ code: bytes[3], session: latest, isReused: socket.isSessionReused() })
            socket.destroy()
          })
        })
      const first = await handshake()
      expect(first).toMatchObject({ code: 5, isReused: false })
      await profileOf(root)
      expect(await handshake(first.session)).toMatchObject({ code: 0, isReused: true })
    })

    test('a renewed certificate takes the place of the old one', async () => {
      const root = authority('Root 2')
      await profileOf(root)
      const [old, renewed] = [named('meter-2', root), named('meter-2', root)]
      expect(await refusal([old, root])).toBe('accepted')
      expect(await refusal([renewed, root])).toBe('accepted')
      expect(await refusal([old])).toBe(0x87)
      expect(await refusal([renewed])).toBe('accepted')
    })

    test('many that come at once are made once each', async () => {
      const root = authority('Root 3')
      await profileOf(root)
      const leaves = Array.from({ length: 10 }, (_, n) => named(`crowd-${n}`, root))
      const answers = await Promise.all(
        leaves.flatMap((leaf, n) => [1, 2].map((twin) => refusal([leaf, root], { clientId: `${n}-${twin}` }))),
      )
      expect(answers).not.toContain(0x87)
      for (const n of leaves.keys()) expect(await find(`crowd-${n}`)).not.toBeNull()
    })

    test.each([
      ['a name that the pattern does not find', 'elsewhere', {}, {}],
      [
        'a new device where none may be made',
        'denied-1.devices',
        { allowCreateNewDevicesByX509Certificate: false },
        {},
      ],
      ['an expired leaf', 'denied-2.devices', {}, { validFromDays: -9, validToDays: -1 }],
      ['a pattern that never ends', `${'a'.repeat(60)}b`, { certificateRegExPattern: '^((a+)+)$' }, {}],
    ])('%s is refused', async (_name, name, configuration, certificate) => {
      const root = authority(`Root of ${name}`)
      await profileOf(root, configuration)
      expect(await refusal([testCertificate({ name, issuer: root, ...certificate }), root])).toBe(0x87)
      expect(await find(name.split('.')[0] ?? '')).toBeNull()
    })

    test('so is a leaf that the authority did not sign', async () => {
      const root = authority('Root 4')
      await profileOf(root)
      // Same name as the authority, another key.
      const impostor = authority('Root 4')
      expect(await refusal([named('forged-1', impostor), root])).toBe(0x87)
      expect(await refusal([named('forged-2', impostor), impostor, root])).toBe(0x87)
      expect(await find('forged-1')).toBeNull()
    })

    test('and one that another device signed with its own certificate', async () => {
      const root = authority('Root 5')
      await profileOf(root)
      const device = named('signer', root)
      expect(await refusal([named('signed', device), device, root])).toBe(0x87)
      expect(await find('signed')).toBeNull()
    })

    test('a device of another profile keeps its name and its credentials', async () => {
      const root = authority('Root 6')
      await profileOf(root)
      const other = await services.db.devices.save(scope(), { name: 'taken' }, { accessToken: randomUUID() })
      expect(await refusal([named('taken', root), root])).toBe(0x87)
      const credentials = await services.db.credentials.findByDevice(scope(), other.id.id)
      expect(credentials?.credentialsType).toBe('ACCESS_TOKEN')
    })

    describeWith(deviceClients.mosquitto, 'a client of Mosquitto', () => {
      test('mosquitto_pub --cert --key', async () => {
        const root = authority('Root 7')
        await profileOf(root)
        const leaf = named('mosquitto', root)
        await writeFile(file('device.pem'), leaf.cert + root.cert)
        await writeFile(file('device.key'), leaf.key)
        const at = ['-h', 'localhost', '-p', String(engine.ports.mqtts), '--cafile', file('cert.pem')]
        const as = ['--cert', file('device.pem'), '--key', file('device.key'), '-q', '1']
        await run('mosquitto_pub', [...at, ...as, '-t', 'v1/devices/me/telemetry', '-m', '{"m":1}'], {
          timeout: 20_000,
        })
        const device = await find('mosquitto')
        await stored(device?.id.id ?? '', 'm')
      })
    })
  })
})
