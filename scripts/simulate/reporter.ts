import type { SimulatedDevice } from './simulated-device.ts'

/** How long a device may be without connection before that is news; a restart of the platform takes this long. */
const patienceMs = 5_000

export type Reporter = { start(): void; stop(): void }

/** One line each 10 s (unless quiet), and one line when connections are lost, refused or back. */
export const createReporter = (devices: readonly SimulatedDevice[], quiet: boolean): Reporter => {
  const beganMs = Date.now()
  let lostSinceMs: number | null = null
  let told = false
  let before = { atMs: beganMs, acknowledged: 0 }
  let timers: NodeJS.Timeout[] = []

  const checkConnections = () => {
    const lost = devices.filter((device) => device.state() === 'connecting')
    if (lost.length === 0) {
      if (told) console.log(`all ${devices.length} devices are connected again`)
      lostSinceMs = null
      told = false
      return
    }
    lostSinceMs ??= Date.now()
    if (told || Date.now() - lostSinceMs < patienceMs) return
    told = true
    const why = lost.find((device) => device.trouble())?.trouble() ?? 'no answer'
    console.log(`${lost.length} of ${devices.length} devices are not connected (${why}); trying again`)
  }

  const summarise = () => {
    const atMs = Date.now()
    const acknowledged = sum(devices.map((device) => device.counts().acknowledged))
    const perSecond = ((acknowledged - before.acknowledged) / (atMs - before.atMs)) * 1000
    before = { atMs, acknowledged }
    const waiting = sum(devices.map((device) => device.counts().waiting))
    const forgotten = sum(devices.map((device) => device.counts().forgotten))
    const connected = devices.filter((device) => device.state() === 'connected').length
    console.log(
      [
        `${new Date(atMs).toTimeString().slice(0, 8)}  ${connected}/${devices.length} connected`,
        `${acknowledged} messages acknowledged (${perSecond.toFixed(1)}/s)`,
        `${waiting} waiting`,
        ...(forgotten > 0 ? [`${forgotten} forgotten`] : []),
        ...faultsOf(devices),
      ].join(', '),
    )
  }

  return {
    start: () => {
      timers = [setInterval(checkConnections, 1_000), ...(quiet ? [] : [setInterval(summarise, 10_000)])]
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer)
      if (!quiet) summarise()
    },
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const faultsOf = (devices: readonly SimulatedDevice[]): string[] => {
  const counts = new Map<string, number>()
  for (const device of devices) {
    const fault = device.model.fault()
    if (fault) counts.set(fault, (counts.get(fault) ?? 0) + 1)
  }
  return [...counts].map(([fault, count]) => `${count} ${fault}`)
}
