import { parseArgs } from 'node:util'
import { z } from 'zod'

export const usage = `npm run simulate -- [options]      believable thermostats over MQTT

  --devices 20          how many; those that do not exist are created
  --rate 1              telemetry messages a second of each device (0.01 to 100); of the demo tenant: times as fast
  --duration 60         seconds to run; default: until Ctrl+C
  --seed 7              the same seed gives the same devices
  --faults on|off       stuck sensors, drop-outs, spikes, weak batteries (default on)
  --url http://localhost:8080      where the web and the REST API are
  --mqtt mqtt://localhost:1883     where the devices connect
  --user tenant@thingwire.local --password tenant
  --prefix "Simulated thermostat"  start of the device names
  --history 0           hours that each device recorded before; sent once, by devices that never did (0 to 480)
  --demo                the devices of the demo tenant, without signing in, with days of history
  --quiet               tell only about problems`

const onOff = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on')
const number = (low: number, high: number) =>
  z.coerce.number(`must be a number from ${low} to ${high}`).min(low).max(high)

const schema = z.object({
  devices: number(1, 10_000).int().default(20),
  rate: number(0.01, 100).default(1),
  duration: number(1, 10_000_000).optional(),
  seed: number(0, 2 ** 32 - 1)
    .int()
    .default(7),
  faults: onOff.default(true),
  url: z.url().default('http://localhost:8080'),
  mqtt: z.url().default('mqtt://localhost:1883'),
  user: z.string().default('tenant@thingwire.local'),
  password: z.string().default('tenant'),
  prefix: z.string().min(1).max(200).default('Simulated thermostat'),
  history: number(0, 480).optional(),
  demo: z.boolean().default(false),
  quiet: z.boolean().default(false),
})
/** Without `history`, devices of the demo tenant have as much as is usual for them, others none. */
export type SimulateOptions = z.infer<typeof schema>

export class UsageError extends Error {}

/** Arguments win over the environment (`MQTT_URL`, `HTTP_PORT`), which wins over the defaults. */
export const readOptions = (args: string[], env: NodeJS.ProcessEnv): SimulateOptions | 'help' => {
  const values = parse(args)
  if (values.help) return 'help'
  const parsed = schema.safeParse({
    ...(env.MQTT_URL ? { mqtt: env.MQTT_URL } : {}),
    ...(env.HTTP_PORT ? { url: `http://localhost:${env.HTTP_PORT}` } : {}),
    ...values,
  })
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`)
  throw new UsageError(problems.join('\n'))
}

const parse = (args: string[]) => {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args,
      options: {
        devices: text,
        rate: text,
        duration: text,
        seed: text,
        faults: text,
        url: text,
        mqtt: text,
        user: text,
        password: text,
        prefix: text,
        history: text,
        demo: flag,
        quiet: flag,
        help: { ...flag, short: 'h' },
      },
    }).values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
