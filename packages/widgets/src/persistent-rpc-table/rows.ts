import type { Rpc, RpcStatus } from '@thingwire/contracts'
import type { StoredCommandsRequest } from '../host/host.ts'

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

/** What a stored command calls; the request may hold it in a body of its own. */
export const callOf = ({ request }: Pick<Rpc, 'request'>): { method: string; params: unknown; isOneWay: boolean } => {
  const whole = recordOf(request)
  const body = { ...whole, ...recordOf(whole.body) }
  return {
    method: typeof body.method === 'string' ? body.method : '—',
    params: paramsOf(body.params),
    isOneWay: body.oneway === true,
  }
}

/** Parameters are kept as JSON text. */
const paramsOf = (params: unknown): unknown => {
  if (typeof params !== 'string') return params
  try {
    return JSON.parse(params)
  } catch {
    return params
  }
}

const tones = {
  QUEUED: 'text-ink-2 bg-sunken',
  SENT: 'text-accent-text bg-accent-soft',
  DELIVERED: 'text-accent-text bg-accent-soft',
  SUCCESSFUL: 'text-ok-text bg-ok-soft',
  TIMEOUT: 'text-warn-text bg-warn-soft',
  EXPIRED: 'text-warn-text bg-warn-soft',
  FAILED: 'text-danger-text bg-danger-soft',
  DELETED: 'text-ink-3 bg-sunken',
} as const satisfies Record<RpcStatus, string>
export const statusTone = (status: RpcStatus): string => tones[status]

const sortable = ['createdTime', 'expirationTime', 'status'] as const

/** `-createdTime` of files: the newest first. */
export const sortOf = (text: string): StoredCommandsRequest['sort'] => {
  const property = sortable.find((one) => one === text.replace(/^[-+]/, ''))
  return property ? { property, direction: text.startsWith('-') ? 'DESC' : 'ASC' } : null
}

/** Text of a form as parameters: JSON if it is, else text; nothing is none. */
export const readParams = (text: string): unknown => (text.trim() === '' ? null : paramsOf(text.trim()))
