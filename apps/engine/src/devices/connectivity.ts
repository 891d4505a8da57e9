import { type DeviceConnectivity, type DeviceCredentials, mqttProfileSchema } from '@thingwire/contracts'
import { z } from 'zod'
import { parseMqttBasic } from './credentials-id.ts'

/**
 * How the browser reached us; devices reach us by the same name. `mqttTls`: the port with TLS, null when it is closed;
 * clients that do not know the certificate of one that signed itself have to be given it.
 */
export type Reached = {
  host: string
  isTls: boolean
  mqttPort: number
  httpPort: number
  coapPort: number
  mqttTls: { port: number; isSelfSigned: boolean } | null
}

const endpointSchema = z
  .looseObject({
    enabled: z.boolean().default(true),
    host: z
      .string()
      .nullish()
      .transform((host) => host?.trim() || null),
    port: z
      .union([z.number(), z.string()])
      .nullish()
      .transform((port) => (port ? String(port) : null)),
  })
  .nullish()
  .catch(null)

/**
 * Settings `connectivity` (as ThingsBoard): by protocol whether devices may use it and where. What is absent is as the
 * platform itself listens.
 */
const settingsSchema = z
  .looseObject({
    http: endpointSchema,
    https: endpointSchema,
    mqtt: endpointSchema,
    mqtts: endpointSchema,
    coap: endpointSchema,
  })
  .nullish()
  .catch(null)

export type ConnectivitySettings = z.output<typeof settingsSchema>
export const parseConnectivity = (stored: unknown): ConnectivitySettings => settingsSchema.parse(stored)

const body = '{"temperature":25}'

/** One word of a POSIX shell, whatever the text contains. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

const command = (words: readonly string[]): string => words.map(shellWord).join(' ')

/** Splits a Host header; a name that is none stands for this machine. */
export const splitHost = (header: string): { name: string; port: string | null } => {
  const match = /^(\[[\da-fA-F:.]+\]|[A-Za-z\d](?:[A-Za-z\d.-]{0,252}))(?::(\d{1,5}))?$/.exec(header)
  return match?.[1] ? { name: match[1], port: match[2] ?? null } : { name: 'localhost', port: null }
}

type Credentials = Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>

/** What the device's profile says of its transport; absent: nothing in particular. */
type Connectable = Credentials & { profile?: { transportType: string; transportConfiguration: unknown } }

/** Ready commands that send a first value, by the protocols that are open and that credentials and profile fit. */
export const connectivityCommands = (
  device: Connectable,
  reached: Reached,
  settings: ConnectivitySettings = null,
): DeviceConnectivity => {
  const { transportType = 'DEFAULT' } = device.profile ?? {}
  const isServed = (type: string) => transportType === 'DEFAULT' || transportType === type
  // A profile of another transport still serves the plain HTTP API.
  const http = httpCommands(device, reached, settings)
  const mqtt = isServed('MQTT') && mqttCommands(device, reached, settings)
  const coap = isServed('COAP') && coapCommands(device, reached, settings)
  return { ...(http && { http }), ...(mqtt && { mqtt }), ...(coap && { coap }) }
}

/** A topic of the profile's own, with a word for each wildcard: nobody can publish to those. */
const telemetryTopic = ({ profile }: Connectable): string => {
  const parsed = profile?.transportType === 'MQTT' ? mqttProfileSchema.safeParse(profile.transportConfiguration) : null
  return parsed?.success ? parsed.data.deviceTelemetryTopic.replaceAll(/[+#]/g, 'any') : 'v1/devices/me/telemetry'
}

const coapCommands = (
  { credentialsType, credentialsId }: Credentials,
  reached: Reached,
  settings: ConnectivitySettings,
): DeviceConnectivity['coap'] => {
  const { enabled = true, host = null, port = null } = settings?.coap ?? {}
  if (credentialsType !== 'ACCESS_TOKEN' || !enabled) return undefined
  const at = `${host ?? splitHost(reached.host).name}:${port ?? reached.coapPort}`
  const url = `coap://${at}/api/v1/${encodeURIComponent(credentialsId)}/telemetry`
  return { coap: command(['coap-client', '-v', '6', '-m', 'POST', '-t', 'application/json', '-e', body, url]) }
}

const httpCommands = (
  { credentialsType, credentialsId }: Credentials,
  reached: Reached,
  settings: ConnectivitySettings,
): DeviceConnectivity['http'] => {
  if (credentialsType !== 'ACCESS_TOKEN') return undefined
  const { name, port } = splitHost(reached.host)
  const post = (origin: string) => {
    const url = `${origin}/api/v1/${encodeURIComponent(credentialsId)}/telemetry`
    return command(['curl', '-v', '-X', 'POST', url, '--header', 'Content-Type:application/json', '--data', body])
  }
  const own = reached.isTls ? 'https' : 'http'
  /** Where the settings say nothing, the scheme by which the caller came is the one that works. */
  const open = (scheme: 'http' | 'https') => {
    const chosen = settings?.[scheme]
    if (!chosen) return scheme === own ? `${own}://${name}${port ? `:${port}` : portSuffix(reached)}` : null
    return chosen.enabled ? `${scheme}://${chosen.host ?? name}${chosen.port ? `:${chosen.port}` : ''}` : null
  }
  const [plain, secure] = [open('http'), open('https')]
  if (!plain && !secure) return undefined
  // Both names hold the scheme that the caller came by when nothing is set: clients look for `http` first.
  if (!settings?.http && !settings?.https) return { http: post(plain ?? secure ?? '') }
  return { ...(plain && { http: post(plain) }), ...(secure && { https: post(secure) }) }
}

const mqttCommands = (
  credentials: Connectable,
  reached: Reached,
  settings: ConnectivitySettings,
): DeviceConnectivity['mqtt'] => {
  const identity = mqttIdentity(credentials)
  if (!identity) return undefined
  const { name } = splitHost(reached.host)
  const ownHost = name.startsWith('[') ? name.slice(1, -1) : name
  const publish = (host: string, port: string, tls: readonly string[] = []) => [
    ...['mosquitto_pub', '-d', '-q', '1', ...tls, '-h', host, '-p', port],
    ...['-t', telemetryTopic(credentials), ...identity, '-m', body],
  ]
  const { mqtt: plain } = settings ?? {}
  const secure = secureMqtt(reached, settings, (host, port, tls) => command(publish(host, port, tls)))
  if (credentials.credentialsType === 'X509_CERTIFICATE') return secure ? { mqtts: secure } : undefined
  const isPlainOpen = plain?.enabled ?? true
  if (!isPlainOpen && !secure) return undefined
  const host = plain?.host ?? ownHost
  const port = plain?.port ?? String(reached.mqttPort)
  return {
    ...(isPlainOpen && {
      mqtt: command(publish(host, port)),
      docker: { mqtt: inDocker(host, (reachable) => publish(reachable, port)) },
    }),
    ...(secure && { mqtts: secure }),
  }
}

const certificateFile = 'server-chain.pem'

/** Null: closed. The certificate is fetched first where nobody else vouches for it. */
const secureMqtt = (
  reached: Reached,
  settings: ConnectivitySettings,
  publish: (host: string, port: string, tls: readonly string[]) => string,
): string | string[] | null => {
  const chosen = settings?.mqtts
  const own = reached.mqttTls
  if (!(chosen ? chosen.enabled : own)) return null
  const { name, port: httpPort } = splitHost(reached.host)
  const host = chosen?.host ?? (name.startsWith('[') ? name.slice(1, -1) : name)
  const port = chosen?.port ?? String(own?.port ?? 8883)
  if (!own?.isSelfSigned) return publish(host, port, ['--tls-use-os-certs'])
  const origin = `${reached.isTls ? 'https' : 'http'}://${name}${httpPort ? `:${httpPort}` : portSuffix(reached)}`
  const url = `${origin}/api/device-connectivity/mqtts/certificate/download`
  return [command(['curl', '-f', '-S', '-o', certificateFile, url]), publish(host, port, ['--cafile', certificateFile])]
}

/** Inside a container this machine has another name. */
const inDocker = (host: string, words: (host: string) => readonly string[]): string => {
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host)
  const options = isHere ? ['--add-host=host.docker.internal:host-gateway'] : []
  return command([
    ...['docker', 'run', '--rm', '-it', ...options, 'eclipse-mosquitto'],
    ...words(isHere ? 'host.docker.internal' : host),
  ])
}

const mqttIdentity = ({ credentialsType, credentialsId, credentialsValue }: Credentials): string[] | null => {
  if (credentialsType === 'ACCESS_TOKEN') return ['-u', credentialsId]
  if (credentialsType === 'X509_CERTIFICATE') return ['--cert', 'cert.pem', '--key', 'key.pem']
  if (credentialsType !== 'MQTT_BASIC') return null
  const { clientId, userName, password } = parseMqttBasic(credentialsValue)
  const pairs: [string, string | null | undefined][] = [
    ['-i', clientId],
    ['-u', userName],
    ['-P', password],
  ]
  return pairs.flatMap(([flag, value]) => (value ? [flag, value] : []))
}

/** A Host header without a port means the scheme's own one, unless there was no usable header at all. */
const portSuffix = ({ host, httpPort }: Reached): string => (host ? '' : `:${httpPort}`)
