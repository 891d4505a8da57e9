import type { DeviceModel } from './device-model.ts'
import type { Message } from './simulated-device.ts'

const hourMs = 3_600_000

/** Every 10 s of the last hour, every other minute of the time before. */
export const usualStep = (ageMs: number): number => (ageMs > hourMs ? 120_000 : 10_000)
/** For devices whose last hour does not need to be that fine. */
export const coarseStep = (ageMs: number): number => (ageMs > hourMs ? 180_000 : 20_000)

/**
 * What a device recorded before it came online.
 * @param stepMs by how old a recording is, in ms
 */
export const recordHistory = (
  model: DeviceModel,
  { hours, nowMs, stepMs = usualStep }: { hours: number; nowMs: number; stepMs?: (ageMs: number) => number },
): Message[] => {
  const messages: Message[] = []
  let ts = nowMs - hours * hourMs
  while (ts < nowMs) {
    const values = model.sample(ts)
    if (values) messages.push({ ts, values })
    ts += stepMs(nowMs - ts)
  }
  return messages
}
