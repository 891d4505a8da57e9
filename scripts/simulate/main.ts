import { type DemoDevice, demoFleet } from './demo-fleet.ts'
import { readOptions, type SimulateOptions, UsageError, usage } from './options.ts'
import { recordHistory, usualStep } from './history.ts'
import { hasSentHistory, PlatformError, provisionDevices } from './platform.ts'
import { seededRandom } from './random.ts'
import { createReporter } from './reporter.ts'
import { createSimulatedDevice } from './simulated-device.ts'
import { createThermostat } from './thermostat.ts'

/** What every device of `--prefix` is: a thermostat with its own name. */
const fleetOf = async (options: SimulateOptions): Promise<readonly DemoDevice[]> => {
  if (options.demo) return demoFleet
  const names = Array.from(
    { length: options.devices },
    (_, index) => `${options.prefix} ${String(index + 1).padStart(3, '0')}`,
  )
  const provisioned = await provisionDevices(options, names, 'thermostat')
  return provisioned.map((device, index) => ({
    ...device,
    periodMs: 1_000,
    historyHours: options.history ?? 0,
    historyStepMs: usualStep,
    create: (beginning) => createThermostat({ ...beginning, index }),
  }))
}

const run = async (options: SimulateOptions) => {
  const stop = stopSignal(options.duration)
  const fleet = await fleetOf(options)
  const phases = seededRandom(options.seed, -1)
  const devices = await Promise.all(
    fleet.map(async ({ name, token, create, ...kind }) => {
      const nowMs = Date.now()
      const wanted = options.history ?? kind.historyHours
      // Only once: a second recording of the same hours would not fit the first.
      const hours = wanted > 0 && !(await hasSentHistory(options.url, token)) ? wanted : 0
      const model = create({
        seed: options.seed,
        startMs: nowMs - hours * 3_600_000,
        faults: options.faults,
        faultsFromMs: nowMs,
      })
      return createSimulatedDevice({
        name,
        token,
        mqttUrl: options.mqtt,
        model,
        history: recordHistory(model, { hours, nowMs, stepMs: kind.historyStepMs }),
        periodMs: kind.periodMs / options.rate,
        phase: phases.next(),
      })
    }),
  )
  const reporter = createReporter(devices, options.quiet)
  if (!options.quiet) console.log(`${devices.length} devices send to ${options.mqtt}; Ctrl+C stops`)
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
