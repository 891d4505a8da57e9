import { z } from 'zod'

/** A message that a script can be tried with. `data` is JSON, or text that is none. */
export type TestMessage = { type: string; data: string; metadata: Readonly<Record<string, string>> }

/** One that was seen, and when. */
export type SeenMessage = TestMessage & { at: number; isFailed: boolean }

const debugEventSchema = z.object({
  createdTime: z.number().optional(),
  msgType: z.string(),
  data: z.string(),
  metadata: z.string(),
})
const metadataSchema = z.record(z.string(), z.string())

export const readJsonText = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The message of a debug event; null: the event shows none. */
export const messageOfDebugEvent = (event: unknown, now: number): SeenMessage | null => {
  const read = debugEventSchema.safeParse(event)
  if (!read.success) return null
  const { createdTime, msgType, data, metadata } = read.data
  const entries = metadataSchema.safeParse(readJsonText(metadata))
  return {
    ...{ type: msgType, data, at: createdTime ?? now, isFailed: false },
    metadata: entries.success ? entries.data : {},
  }
}

/** What a script is tried with when nothing has come to its node yet. */
export const stockMessage = (keys: readonly string[]): TestMessage => ({
  type: 'POST_TELEMETRY_REQUEST',
  data: JSON.stringify(
    Object.fromEntries((keys.length > 0 ? keys.slice(0, 3) : ['temperature']).map((key) => [key, 22.4])),
  ),
  metadata: { deviceName: 'Test device', deviceType: 'default', ts: '1700000000000' },
})
