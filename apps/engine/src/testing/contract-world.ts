import { randomUUID } from 'node:crypto'
import { type SeededTenant, seedTenant } from '@thingwire/testing'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { z } from 'zod'
import { hashPassword } from '../auth/passwords.ts'
import { createUser } from '@thingwire/db/seed'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from './test-engine.ts'

const password = 'correct horse battery'

export type Reply = { status: number; text: string; body: unknown; headers: Headers }

/** One signed-in user with nothing but HTTP. */
export type Person = {
  token: string
  get(path: string): Promise<Reply>
  post(path: string, body?: unknown): Promise<Reply>
  delete(path: string): Promise<Reply>
}

export type WiredDevice = {
  id: string
  name: string
  token: string
  /** Saves by REST, as the device's own data would be. */
  values(path: string): string
}

/** A complete engine behind its ports, and people who know nothing else of it. */
export type ContractWorld = AsyncDisposable & {
  services: TestServices
  engine: TestEngine
  tenant: SeededTenant
  base: string
  mqttPort: number
  request(method: string, path: string, options?: { headers?: Record<string, string>; body?: unknown }): Promise<Reply>
  signIn(email: string): Promise<Person>
  admin: Person
  customer: Person
  systemAdmin: Person
  /** A new device of the tenant, made by REST. */
  device(more?: Record<string, unknown>): Promise<WiredDevice>
  /** Connects by MQTT 3.1.1; closed at the end of the world. */
  connect(options: IClientOptions): Promise<MqttClient>
}

export const startContractWorld = async (): Promise<ContractWorld> => {
  const stack = new AsyncDisposableStack()
  const services = stack.use(await startTestServices())
  const passwordHash = await hashPassword(password)
  const tenant = await seedTenant(services.db, { passwordHash })
  const systemEmail = `root-${randomUUID()}@example.org`
  await createUser(services.db, { authority: 'SYS_ADMIN', email: systemEmail, tenantId: null, passwordHash })
  const engine = stack.use(await startTestEngine(services, { ENGINE_ROLES: 'gateway,rules,api' }))
  const base = `http://127.0.0.1:${engine.ports.http}`
  const mqttPort = engine.ports.mqtt ?? 0

  const request: ContractWorld['request'] = async (method, path, { headers, body } = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, text, body: parseJson(text), headers: response.headers }
  }
  const signIn = async (username: string): Promise<Person> => {
    const { body } = await request('POST', '/api/auth/login', { body: { username, password } })
    const { token } = z.object({ token: z.string() }).parse(body)
    const headers = { 'x-authorization': `Bearer ${token}` }
    return {
      token,
      get: (path) => request('GET', path, { headers }),
      post: (path, sent) => request('POST', path, { headers, ...(sent !== undefined && { body: sent }) }),
      delete: (path) => request('DELETE', path, { headers }),
    }
  }
  const admin = await signIn(tenant.admin.email)
  const device: ContractWorld['device'] = async (more = {}) => {
    const token = `t-${randomUUID()}`
    const name = `Device ${token.slice(2, 10)}`
    const saved = await admin.post(`/api/device?accessToken=${token}`, { name, type: 'default', ...more })
    const { id } = z.object({ id: z.object({ id: z.string() }) }).parse(saved.body)
    return { id: id.id, name, token, values: (path) => `/api/plugins/telemetry/DEVICE/${id.id}/${path}` }
  }
  const connect = async (options: IClientOptions): Promise<MqttClient> => {
    const client = await mqtt.connectAsync(
      `mqtt://127.0.0.1:${mqttPort}`,
      { protocolVersion: 4, reconnectPeriod: 0, ...options },
      false,
    )
    client.on('error', () => {})
    stack.defer(() => client.endAsync(true))
    return client
  }
  return {
    services,
    engine,
    tenant,
    base,
    mqttPort,
    request,
    signIn,
    admin,
    customer: await signIn(tenant.customerUser.email),
    systemAdmin: await signIn(systemEmail),
    device,
    connect,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Downlink = { topic: string; body: string; qos: number }

/** Everything a client is sent from now on. */
export const inbox = (client: MqttClient): Downlink[] => {
  const received: Downlink[] = []
  client.on('message', (topic, payload, { qos }) => received.push({ topic, body: payload.toString(), qos }))
  return received
}

/** Resolves when the connection is closed. */
export const cut = (client: MqttClient): Promise<void> =>
  client.connected ? new Promise((resolve) => client.once('close', () => resolve())) : Promise.resolve()

/** What became of a publish with QoS 1. */
export const published = (client: MqttClient, topic: string, body: string): Promise<'acknowledged' | 'cut'> => {
  const acknowledged = client.publishAsync(topic, body, { qos: 1 }).then(
    () => 'acknowledged' as const,
    () => 'cut' as const,
  )
  return Promise.race([acknowledged, cut(client).then(() => 'cut' as const)])
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
