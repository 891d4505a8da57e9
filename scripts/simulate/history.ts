import type { Message } from './simulated-device.ts'
import type { Thermostat } from './thermostat.ts'

const hourMs = 3_600_000

/** What a device recorded before it came online: every 10 s of the last hour, every minute of the time before. */
export const recordHistory = (
  thermostat: Thermostat,
  { hours, nowMs }: { hours: number; nowMs: number },
): Message[] => {
  const messages: Message[] = []
  let ts = nowMs - hours * hourMs
  while (ts < nowMs) {
    const values = thermostat.sample(ts)
    if (values) messages.push({ ts, values })
    ts += nowMs - ts > hourMs ? 60_000 : 10_000
  }
  return messages
}
