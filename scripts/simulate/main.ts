import { readOptions, type SimulateOptions, UsageError, usage } from './options.ts'
import { recordHistory } from './history.ts'
import { hasSentHistory, PlatformError, provisionDevices, type ProvisionedDevice } from './platform.ts'
import { seededRandom } from './random.ts'
import { createReporter } from './reporter.ts'
import { createSimulatedDevice } from './simulated-device.ts'
import { createThermostat } from './thermostat.ts'

/** The thermostats that the seed of the demo tenant makes. */
const demoDevices: readonly ProvisionedDevice[] = [1, 2, 3, 4, 5].map((n) => ({
  name: `Thermostat 0${n}`,
  token: `THERMOSTAT_0${n}_TOKEN`,
}))

const fleetOf = (options: SimulateOptions): Promise<readonly ProvisionedDevice[]> => {
  if (options.demo) return Promise.resolve(demoDevices)
  const names = Array.from(
    { length: options.devices },
    (_, index) => `${options.prefix} ${String(index + 1).padStart(3, '0')}`,
  )
  return provisionDevices(options, names, 'thermostat')
}

const run = async (options: SimulateOptions) => {
  const stop = stopSignal(options.duration)
  const fleet = await fleetOf(options)
  const phases = seededRandom(options.seed, -1)
  const devices = await Promise.all(
    fleet.map(async ({ name, token }, index) => {
      const nowMs = Date.now()
      // Only once: a second recording of the same hours would not fit the first.
      const hours = options.history > 0 && !(await hasSentHistory(options.url, token)) ? options.history : 0
      const thermostat = createThermostat({
        seed: options.seed,
        index,
        startMs: nowMs - hours * 3_600_000,
        faults: options.faults,
        faultsFromMs: nowMs,
      })
      return createSimulatedDevice({
        name,
        token,
        mqttUrl: options.mqtt,
        thermostat,
        history: recordHistory(thermostat, { hours, nowMs }),
        periodMs: 1000 / options.rate,
        phase: phases.next(),
      })
    }),
  )
  const reporter = createReporter(devices, options.quiet)
  if (!options.quiet)
    console.log(`${devices.length} thermostats send ${options.rate} messages/s each to ${options.mqtt}; Ctrl+C stops`)
  for (const device of devices) device.start()
  reporter.start()
  await stop
  await Promise.all(devices.map((device) => device.stop(3_000)))
  reporter.stop()
}

/** Resolves on Ctrl+C, SIGTERM or the end of the wanted time. */
const stopSignal = (seconds: number | undefined) =>
  new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
    if (seconds !== undefined) setTimeout(resolve, seconds * 1000)
  })

try {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options === 'help') console.log(usage)
  else await run(options)
  process.exit(0)
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`)
  else if (error instanceof PlatformError) console.error(error.message)
  else throw error
  process.exit(1)
}
