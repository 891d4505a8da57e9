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

const inScript = /\b(?:msg|prevMsg)\.([A-Za-z_]\w*)/g
const mostKeys = 5

/** What a generator has before its first message. */
export const nothingYet: TestMessage = { type: '', data: '{}', metadata: {} }

/** What a script is tried with when nothing has come to its node yet: with the keys that it reads, else some of the devices. */
export const stockMessage = (script: string, keys: readonly string[]): TestMessage => {
  const read = [...new Set([...script.matchAll(inScript)].map(([, key = '']) => key))]
  const known = read.filter((key) => keys.includes(key))
  const chosen = [known, read, keys.slice(0, 3), ['temperature']].find((list) => list.length > 0) ?? []
  return {
    type: 'POST_TELEMETRY_REQUEST',
    data: JSON.stringify(Object.fromEntries(chosen.slice(0, mostKeys).map((key) => [key, 22.4])), null, 2),
    metadata: { deviceName: 'Test device', deviceType: 'default', ts: '1700000000000' },
  }
}
