import { isIP } from 'node:net'
import { z } from 'zod'
import { parseAuditMask } from './audit/audit-mask.ts'
import { parseTileSources } from './map-tiles/tile-sources.ts'

export const engineRoles = ['gateway', 'rules', 'api'] as const

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback)
const roles = z
  .string()
  .default(engineRoles.join(','))
  .transform((text, ctx) => {
    const names = text
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean)
    const known = engineRoles.filter((role) => names.includes(role))
    if (known.length !== names.length || known.length === 0)
      ctx.addIssue({ code: 'custom', message: `must be a list of ${engineRoles.join(', ')}` })
    return known
  })

const proxies = z
  .string()
  .default('')
  .transform((text, ctx) => {
    const addresses = text
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean)
    for (const address of addresses) {
      const [ip = '', bits] = address.split('/')
      const longest = isIP(ip) === 6 ? 128 : 32
      if (!isIP(ip) || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest)))
        ctx.addIssue({ code: 'custom', message: `${address} is no IP address or network` })
    }
    return addresses
  })

const rate = (fallback: string) =>
  z
    .string()
    .regex(
      /^(?:[1-9]\d{0,8}:[1-9]\d{0,8}(?:,[1-9]\d{0,8}:[1-9]\d{0,8})*)?$/,
      'must be capacity:seconds, as in 100:1,2000:60',
    )
    .default(fallback)

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((v) => v === '1')

const auditMask = z
  .string()
  .default('')
  .transform((text, ctx) => {
    const parsed = parseAuditMask(text)
    if ('mask' in parsed) return parsed.mask
    ctx.addIssue({ code: 'custom', message: parsed.problem })
    return z.NEVER
  })

const tileSources = z
  .string()
  .default('')
  .transform((text, ctx) => {
    const parsed = parseTileSources(text)
    if ('sources' in parsed) return parsed.sources
    ctx.addIssue({ code: 'custom', message: parsed.problem })
    return z.NEVER
  })

const origins = z
  .string()
  .default('')
  .transform((text, ctx) => {
    const list = text
      .split(',')
      .map((s) => s.trim().replace(/\/$/, ''))
      .filter(Boolean)
    for (const origin of list)
      if (origin !== '*' && !/^https?:\/\/[^/\s]+$/.test(origin))
        ctx.addIssue({ code: 'custom', message: `${origin} is no origin such as https://portal.example.org` })
    return list
  })

const reachable = z
  .string()
  .default('')
  .transform((text, ctx) => {
    const entries = text
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean)
    for (const entry of entries) {
      const [host = '', bits] = entry.split('/')
      const isNetwork =
        isIP(host) !== 0 &&
        (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(host) === 6 ? 128 : 32)))
      if (!isNetwork && entry !== '*' && !/^[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?$/i.test(entry))
        ctx.addIssue({ code: 'custom', message: `${entry} is no address, network or host name` })
    }
    return entries
  })

/** Every setting of the engine: environment variable → type, default, meaning. docs/reference/settings.md is generated. */
export const settings = {
  ENGINE_ROLES: { schema: roles, about: 'Roles this process plays: gateway, rules, api' },
  DATABASE_URL: { schema: z.string().min(1), about: 'PostgreSQL connection string' },
  DATABASE_POOL: {
    schema: z.coerce.number().int().min(2).max(200).default(10),
    about: 'PostgreSQL connections of this process',
  },
  REDIS_URL: { schema: z.string().min(1), about: 'Redis connection string; appendonly and noeviction are required' },
  HTTP_HOST: { schema: z.string().default('0.0.0.0'), about: 'Address the public HTTP port listens on' },
  HTTP_PORT: { schema: port(8080), about: 'Public port: REST, Socket.IO, device HTTP API, web (roles gateway, api)' },
  MQTT_HOST: { schema: z.string().default('0.0.0.0'), about: 'Address the MQTT port listens on' },
  MQTT_PORT: { schema: port(1883), about: 'MQTT port (role gateway)' },
  MQTT_TLS_PORT: { schema: port(8883), about: 'MQTT port with TLS; closed while no certificate is set (role gateway)' },
  MQTT_TLS_CERT: {
    schema: z.string().optional(),
    about:
      'File with the certificate of the TLS port (PEM), and those between it and a root; read again when it changes',
  },
  MQTT_TLS_KEY: { schema: z.string().optional(), about: 'File with its private key (PEM)' },
  MQTT_TLS_CA: {
    schema: z.string().optional(),
    about: 'File with more certificates (PEM) that clients are shown after those in MQTT_TLS_CERT',
  },
  MQTT_TLS_SKIP_VALIDITY_CHECK: {
    schema: flag,
    about: 'Whether client certificates are taken that are expired or not valid yet',
  },
  MQTT_PROXY_PROTOCOL: {
    schema: flag,
    about:
      'Whether connections to the MQTT ports begin with a header of the PROXY protocol, version 1 or 2 (those from TRUSTED_PROXIES, when that is set)',
  },
  MQTT_ANONYMOUS_TENANT: {
    schema: z.uuid().optional(),
    about:
      'Tenant whose whole topic space MQTT clients without user name and password may use; for closed networks and tests. Unset: they are refused',
  },
  DEVICE_CONNECT_TIMEOUT_MS: {
    // Ten thousand TLS handshakes at once take two cores more than ten seconds.
    schema: z.coerce.number().int().min(100).max(600_000).default(30_000),
    about: 'How long a connection may take to show its credentials, TLS included, ms',
  },
  DEVICE_STRANGERS_MAX: {
    schema: z.coerce.number().int().min(1).default(16_384),
    about: 'Open connections of a process that have not shown good credentials yet; more are closed at once',
  },
  DEVICE_STRANGERS_PER_ADDRESS: {
    schema: z.coerce.number().int().min(1).default(12_288),
    about: 'The same of one address (one network of 64 bits with IPv6), so that room for others is left',
  },
  DEVICE_CONNECTIONS_PER_ADDRESS: {
    schema: z.coerce.number().int().min(0).default(0),
    about: 'Device connections that one address may have; 0: any number',
  },
  DEVICE_CONNECT_RATE_PER_ADDRESS: {
    schema: rate(''),
    about: 'Connection attempts of one address, capacity:seconds as in 100:1,2000:60; empty: any number',
  },
  DEVICE_PROVISION_RATE_PER_ADDRESS: {
    schema: rate('300:1'),
    about: 'Provision requests of one address by any transport, capacity:seconds; empty: any number',
  },
  RULE_DEBUG_EVENTS_PER_TENANT: {
    schema: rate('50000:3600'),
    about: 'Debug events of rule nodes of one tenant, capacity:seconds; empty: any number (role rules)',
  },
  DEVICE_STATE_NODE_RATE: {
    schema: rate('1:1,30:60,60:3600'),
    about:
      'How often a rule node "device state" may report one device, capacity:seconds; empty: any number (role rules)',
  },
  DEVICE_BAN_FAILURES: {
    schema: z.coerce.number().int().min(0).default(0),
    about: 'Wrong device credentials within DEVICE_BAN_MS after which an address is not heard for that long; 0: never',
  },
  DEVICE_BAN_MS: {
    schema: z.coerce.number().int().min(1_000).default(60_000),
    about: 'How long such an address is not heard, ms',
  },
  COAP_HOST: { schema: z.string().default('0.0.0.0'), about: 'Address the CoAP port listens on' },
  COAP_PORT: { schema: port(5683), about: 'CoAP port, UDP (role gateway)' },
  MANAGEMENT_HOST: { schema: z.string().default('127.0.0.1'), about: 'Address of the management port' },
  MANAGEMENT_PORT: {
    schema: port(9090),
    about: 'Management port: /metrics, /health/live, /health/ready (every process)',
  },
  TRUSTED_PROXIES: {
    schema: proxies,
    about:
      'Addresses or networks of proxies, comma-separated, whose X-Forwarded-For tells the address of the client; sign-in attempts are limited by it',
  },
  CORS_ORIGINS: {
    schema: origins,
    about:
      'Origins of web pages, comma-separated, that may call the API with a token or key of their own; * for all, empty for none',
  },
  FRAME_ORIGINS: {
    schema: origins,
    about:
      'Origins of web pages, comma-separated, that may show dashboards in a frame (?embed=1); * for all, empty for none',
  },
  WEB_URL: { schema: z.url().optional(), about: 'Where the web console listens; the public port proxies to it' },
  WEB_FILES: {
    schema: z.string().min(1).optional(),
    about:
      'Folder of the built files of the web console (.next/static), where it is on the same machine: the public port serves them without asking the console',
  },
  QUEUE_PARTITIONS: {
    schema: z.coerce.number().int().min(1).max(128).default(32),
    about: 'Most partitions of one queue, whatever its own settings say; must be equal in all processes',
  },
  BATCH_MAX_MESSAGES: {
    schema: z.coerce.number().int().min(1).max(10_000).default(500),
    about: 'Most messages in one batch',
  },
  QUEUE_MAX_PENDING: {
    schema: z.coerce.number().int().min(1).default(200_000),
    about: 'Messages waiting in one queue, spread over its partitions, beyond which devices are told to wait',
  },
  DEAD_LETTERS_KEEP_DAYS: {
    schema: z.coerce.number().int().min(1).max(36_500).default(365),
    about: 'Days after which dead letters are deleted',
  },
  DEAD_LETTERS_MAX_PER_TENANT: {
    schema: z.coerce.number().int().min(0).default(1_000_000),
    about: 'Dead letters of one tenant beyond which the oldest are deleted; 0: any number',
  },
  DELETED_DASHBOARDS_KEEP_DAYS: {
    schema: z.coerce.number().int().min(0).max(3_650).default(30),
    about: 'Days in which a deleted dashboard can be brought back',
  },
  RPC_SUBMIT_STRATEGY: {
    schema: z.enum(['BURST', 'SEQUENTIAL_ON_ACK_FROM_DEVICE', 'SEQUENTIAL_ON_RESPONSE_FROM_DEVICE']).default('BURST'),
    about: 'When the next command goes to a device: at once, when it has the last one, or when it has answered it',
  },
  RPC_RESPONSE_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(1).max(86_400_000).default(30_000),
    about: 'How long an unanswered command keeps the next one waiting, ms (SEQUENTIAL_ON_RESPONSE_FROM_DEVICE)',
  },
  RPC_MAX_RETRIES: {
    schema: z.coerce.number().int().min(0).max(1_000).default(5),
    about: 'Most repetitions of a persistent command that its device does not acknowledge',
  },
  SCRIPT_PROCESSES: {
    schema: z.coerce.number().int().min(1).max(64).default(2),
    about: 'Processes that the scripts of rule nodes run in, side by side; they start when there is a script to run',
  },
  SCRIPT_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(20).max(60_000).default(400),
    about:
      'How long a script may take for one message, ms; for all messages of a batch together it may take twice that, and on a machine that is busy with other things five times',
  },
  SCRIPT_MEMORY_MB: {
    schema: z.coerce.number().int().min(8).max(2_048).default(32),
    about: 'Memory of one script, MB',
  },
  OUTBOUND_ALLOWED: {
    schema: reachable,
    about:
      'Addresses, networks and host names, comma-separated, that rule nodes may connect to although they are not public: 127.0.0.1,10.0.0.0/8,broker.internal; * for any',
  },
  OUTBOUND_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(100).max(600_000).default(15_000),
    about:
      'How long a rule node waits for another system at most, ms; should be below the time that a queue gives a batch',
  },
  OUTBOUND_MAX_PENDING: {
    schema: z.coerce.number().int().min(0).default(10_000),
    about: 'Calls of one rule node to another system that may wait for others to end; more fail at once',
  },
  OUTBOUND_MAX_ANSWER_KB: {
    schema: z.coerce.number().int().min(1).max(1_000_000).default(25_000),
    about: 'Largest answer of another system that a rule node may be set to take, KB',
  },
  OUTBOUND_FORCE_ACK: {
    schema: flag,
    about:
      'Whether messages are acknowledged before a rule node calls another system; they go on with what became of it as new messages, and a crash in between loses them',
  },
  MAP_TILES: {
    schema: tileSources,
    about:
      'Servers of map tiles, a JSON list of {id, name, url with {z} {x} {y}, attribution, maxZoom, overlay}; the first is what maps show, and an overlay (names of places, on nothing) lies over another. Unset: maps draw outlines and ask nobody',
  },
  DRAIN_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(0).default(10_000),
    about: 'How long a stop waits for work under way, ms',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
    about: 'Least severe level that is logged',
  },
  DEMO_ACCOUNTS: {
    schema: z
      .enum(['0', '1'])
      .default('0')
      .transform((v) => v === '1'),
    about: 'Show the demo accounts on the sign-in page (set by the launcher)',
  },
  AUDIT_LOG_MASK: {
    schema: auditMask,
    about:
      'What the audit log notes beyond the defaults (changes of everything, reading of edges): device:RW,user:OFF; levels R, W, RW, OFF',
  },
  USER_TOKEN_ACCESS: {
    schema: z
      .enum(['0', '1'])
      .default('1')
      .transform((v) => v === '1'),
    about: 'Whether administrators may sign in as the users below them',
  },
  NODE_ENV: {
    schema: z.string().default('development'),
    about: 'production hides demo accounts and marks cookies Secure under TLS',
  },
} as const satisfies Record<string, { schema: z.ZodType; about: string }>

type Settings = { [K in keyof typeof settings]: z.output<(typeof settings)[K]['schema']> }
export type Config = Settings

/** Reads the environment once. Throws one error that names every wrong variable. */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, { schema }] of Object.entries(settings)) {
    // An empty variable means "not set", as shells and compose files leave them.
    const parsed = (schema as z.ZodType).safeParse(env[name] === '' ? undefined : env[name])
    if (parsed.success) values[name] = parsed.data
    else problems.push(`${name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`)
  }
  if ((values.MQTT_TLS_CERT === undefined) !== (values.MQTT_TLS_KEY === undefined))
    problems.push('MQTT_TLS_CERT, MQTT_TLS_KEY: both are needed, or neither')
  if (problems.length > 0) throw new Error(`Wrong settings:\n  ${problems.join('\n  ')}`)
  return values as Config
}
