import type { DeviceConnectivity, DeviceCredentials } from '@thingwire/contracts'
import { parseMqttBasic } from './credentials-id.ts'

/** How the browser reached us; devices reach us by the same name. */
export type Reached = { host: string; isTls: boolean; mqttPort: number; httpPort: number }

const body = '{"temperature":25}'

/** One word of a POSIX shell, whatever the text contains. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** Splits a Host header; a name that is none stands for this machine. */
export const splitHost = (header: string): { name: string; port: string | null } => {
  const match = /^(\[[\da-fA-F:.]+\]|[A-Za-z\d](?:[A-Za-z\d.-]{0,252}))(?::(\d{1,5}))?$/.exec(header)
  return match?.[1] ? { name: match[1], port: match[2] ?? null } : { name: 'localhost', port: null }
}

/** Ready commands that send a first value. */
export const connectivityCommands = (
  credentials: Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>,
  reached: Reached,
): DeviceConnectivity => {
  const { name, port } = splitHost(reached.host)
  const mqttHost = name.startsWith('[') ? name.slice(1, -1) : name
  const publish = (args: readonly string[]) =>
    [
      ...['mosquitto_pub', '-d', '-q', '1', '-h', mqttHost, '-p', String(reached.mqttPort)],
      ...['-t', 'v1/devices/me/telemetry', ...args, '-m', body],
    ]
      .map(shellWord)
      .join(' ')

  switch (credentials.credentialsType) {
    case 'ACCESS_TOKEN': {
      const token = credentials.credentialsId
      const scheme = reached.isTls ? 'https' : 'http'
      const origin = `${scheme}://${name}${port ? `:${port}` : portSuffix(reached)}`
      const url = `${origin}/api/v1/${encodeURIComponent(token)}/telemetry`
      const curl = ['curl', '-v', '-X', 'POST', url, '--header', 'Content-Type:application/json', '--data', body]
      return { http: { http: curl.map(shellWord).join(' ') }, mqtt: { mqtt: publish(['-u', token]) } }
    }
    case 'MQTT_BASIC': {
      const { clientId, userName, password } = parseMqttBasic(credentials.credentialsValue)
      const pairs: [string, string | null | undefined][] = [
        ['-i', clientId],
        ['-u', userName],
        ['-P', password],
      ]
      return { mqtt: { mqtt: publish(pairs.flatMap(([flag, value]) => (value ? [flag, value] : []))) } }
    }
    default:
      return {}
  }
}

/** A Host header without a port means the scheme's own one, unless there was no usable header at all. */
const portSuffix = ({ host, httpPort }: Reached): string => (host ? '' : `:${httpPort}`)
