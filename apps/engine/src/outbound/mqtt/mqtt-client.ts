import { randomBytes } from 'node:crypto'
import { isIP, connect as plainConnect, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import type { OutboundKinds } from '@thingwire/rules'
import { type IClientOptions, MqttClient } from 'mqtt'
import { within } from '../deadline.ts'
import { createKeptConnection } from '../kept-connection.ts'
import { guarded, reasonOf, type SystemDeps, type SystemFactory } from '../system-client.ts'
import { tlsOptions } from '../tls-options.ts'
import { azureToken, azureUserName } from './azure-token.ts'

type Settings = OutboundKinds['mqtt']['settings']

/** Quality of service 1: a message is sent when the broker has acknowledged it. */
export const mqttClient: SystemFactory<'mqtt'> = (settings, deps) => {
  const where = `${settings.tls ? 'mqtts' : 'mqtt'}://${settings.host}:${settings.port}`
  const gone = new WeakMap<MqttClient, Promise<never>>()
  const connection = createKeptConnection<MqttClient>({
    open: () => open(),
    close: async (client) => {
      await client.endAsync(true)
    },
    suspended: (reason) => deps.suspended(reason === null ? null : reasonOf(where, reason)),
  })

  const open = async (): Promise<MqttClient> => {
    let problem: unknown = null
    const note = (error: unknown) => {
      problem ??= error
    }
    const client = new MqttClient(() => socketTo(settings, deps, note), optionsOf(settings, deps))
    client.on('error', note)
    const ended = new Promise<never>((_, reject) => {
      client.once('close', () => reject(problem ?? new Error('the broker has ended the connection')))
    })
    gone.set(client, ended)
    ended.catch((error: unknown) => connection.lost(client, error))
    const connected = new Promise<void>((resolve) => client.once('connect', () => resolve()))
    try {
      await within(settings.connectTimeoutMs || deps.timeoutMs, Promise.race([connected, ended]))
      return client
    } catch (error) {
      client.end(true)
      throw problem ?? error
    }
  }

  return {
    where: () => where,
    send: async ({ key, request: { topic, payload, isRetained } }) => {
      const client = await connection.get()
      const published = client.publishAsync(topic, payload, {
        qos: 1,
        retain: isRetained,
        ...(settings.protocolVersion === 5 && { properties: { userProperties: { 'Idempotency-Key': key } } }),
      })
      await Promise.race([published, gone.get(client)])
      return null
    },
    close: () => connection.close(),
  }
}

const socketTo = (settings: Settings, { guard }: SystemDeps, onError: (error: unknown) => void): Socket => {
  const { host, port, tls } = settings
  const socket = tls
    ? tlsConnect({ host, port, ...guarded(guard, host), ...(!isIP(host) && { servername: host }), ...tlsOptions(tls) })
    : plainConnect({ host, port, ...guarded(guard, host) })
  socket.on('error', onError)
  return socket
}

const optionsOf = (settings: Settings, deps: SystemDeps): IClientOptions => {
  const { protocolVersion, cleanSession } = settings
  return {
    clientId: settings.clientId ?? `thingwire_${randomBytes(6).toString('hex')}`,
    clean: cleanSession,
    protocolVersion,
    ...(protocolVersion === 3 && { protocolId: 'MQIsdp' }),
    keepalive: 60,
    // The one who keeps this connection opens the next one.
    reconnectPeriod: 0,
    connectTimeout: settings.connectTimeoutMs || deps.timeoutMs,
    ...loginOf(settings, deps),
  }
}

const loginOf = ({ azure, login, host, clientId }: Settings, { now }: SystemDeps) => {
  if (!azure) return login ?? {}
  const device = { host, clientId: clientId ?? '' }
  const username = azureUserName(device)
  return azure.sasKey === null
    ? { username }
    : { username, password: azureToken({ ...device, sasKey: azure.sasKey }, now()) }
}
