import {
  type WsCommand,
  wsMessageSchema,
  wsNotificationsMessageSchema,
  wsTelemetryMessageSchema,
} from '@thingwire/contracts'
import type { z } from 'zod'

export type WsPath = 'general' | 'telemetry' | 'notifications'

export const wsPaths: ReadonlyMap<string, WsPath> = new Map([
  ['/api/ws', 'general'],
  ['/api/ws/', 'general'],
  ['/api/ws/plugins/telemetry', 'telemetry'],
  ['/api/ws/plugins/notifications', 'notifications'],
] as const)

export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string }

export const parseMessage = <T>(text: string, schema: z.ZodType<T>): Parsed<T> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, problem: 'Failed to parse the payload' }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  return { ok: false, problem: `Failed to parse the payload: ${issue?.path.join('.')} ${issue?.message}` }
}

/** The commands of a message, whatever form the path gives them. */
export const parseCommands = (path: WsPath, text: string): Parsed<readonly WsCommand[]> => {
  switch (path) {
    case 'general': {
      const parsed = parseMessage(text, wsMessageSchema)
      return parsed.ok ? { ok: true, value: parsed.value.cmds ?? [] } : parsed
    }
    case 'telemetry':
      return parseMessage(text, wsTelemetryMessageSchema)
    case 'notifications':
      return parseMessage(text, wsNotificationsMessageSchema)
  }
}
