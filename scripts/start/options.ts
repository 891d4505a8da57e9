import { createHash } from 'node:crypto'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  freePort,
  freeUdpPort,
  isPortFree,
  isUdpPortFree,
  LaunchError,
  reachableByOthers,
} from '@thingwire/local-services'

export const root = resolve(import.meta.dirname, '..', '..')

export type StartOptions = {
  dataDir: string
  demo: boolean
  httpPort: number
  mqttPort: number
  mqttTlsPort: number
  coapPort: number
  production: boolean
}

const usage = `npm start                 set up what is missing, then run Thingwire
npm start -- --no-demo    leave the demo tenant and its simulated devices out

Settings are environment variables: HTTP_PORT, MQTT_PORT, MQTT_TLS_PORT, COAP_PORT, THINGWIRE_DATA_DIR,
DATABASE_URL, REDIS_URL (docs/reference/settings.md has all of them).`

export const readOptions = (args: string[], env: NodeJS.ProcessEnv): StartOptions => {
  const { values } = parse(args)
  if (values.help) {
    console.log(usage)
    process.exit(0)
  }
  const production = env.NODE_ENV === 'production'
  return {
    dataDir: env.THINGWIRE_DATA_DIR ? resolve(env.THINGWIRE_DATA_DIR) : defaultDataDir(),
    demo: !values['no-demo'] && !production,
    httpPort: portOf(env, 'HTTP_PORT', 8080),
    mqttPort: portOf(env, 'MQTT_PORT', 1883),
    mqttTlsPort: portOf(env, 'MQTT_TLS_PORT', 8883),
    coapPort: portOf(env, 'COAP_PORT', 5683),
    production,
  }
}

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: { 'no-demo': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
  } catch (cause) {
    throw new LaunchError(cause instanceof Error ? cause.message : String(cause), usage, { cause })
  }
}

const portOf = (env: NodeJS.ProcessEnv, name: string, fallback: number): number => {
  const text = env[name]
  if (!text) return fallback
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new LaunchError(
    `${name} is "${text}", which is not a port.`,
    'Set it to a number from 0 to 65535 (0: any free port).',
  )
}

/**
 * `.data/` beside the code. Root is the exception where the checkout stands in a private home folder: the user that
 * PostgreSQL runs as could not reach the data there.
 */
const defaultDataDir = (): string => {
  const beside = join(root, '.data')
  if (process.getuid?.() !== 0 || reachableByOthers(beside)) return beside
  const mark = createHash('sha256').update(root).digest('hex').slice(0, 8)
  return join('/var/lib/thingwire', `${basename(root)}-${mark}`)
}

/** The port to listen on: 0 becomes a free one; a used one is an error that names the variable to set. */
export const claimPort = (port: number, variable: string, what: string): Promise<number> =>
  claim(port, variable, what, { free: freePort, isFree: isPortFree })

/** As `claimPort`, for UDP. */
export const claimUdpPort = (port: number, variable: string, what: string): Promise<number> =>
  claim(port, variable, what, { free: freeUdpPort, isFree: isUdpPortFree })

const claim = async (
  port: number,
  variable: string,
  what: string,
  ports: { free: () => Promise<number>; isFree: (port: number) => Promise<boolean> },
): Promise<number> => {
  if (port === 0) return ports.free()
  if (await ports.isFree(port)) return port
  throw new LaunchError(
    `Port ${port} (${what}) is in use by another program.`,
    `Stop that program, or choose another port: ${variable}=${port + 10000} npm start`,
  )
}
