import type { AttributeScope } from '@thingwire/contracts'

/** Where a control reads what it shows. `isOn` tells of the data what the switch shows. */
export type ControlRead = { isOn: (data: unknown) => boolean } & (
  | { kind: 'none'; value: boolean }
  | { kind: 'rpc'; method: string; timeoutMs: number }
  | { kind: 'attribute'; scope: AttributeScope | null; key: string }
  | { kind: 'timeseries'; key: string }
)

/** What a control does when it is moved. `pollMs`: how often a persistent command is asked for; null: it is not persistent. */
export type ControlWrite =
  | { kind: 'rpc'; method: string; params: unknown; timeoutMs: number; pollMs: number | null }
  | { kind: 'attribute'; scope: 'SERVER_SCOPE' | 'SHARED_SCOPE'; key: string; value: unknown }
  | { kind: 'timeseries'; key: string; value: unknown }

/** All that the host needs to know to run a control; `unsupported` names the setting that is not available yet. */
export type ControlPlan = { read: ControlRead; on: ControlWrite; off: ControlWrite } | { unsupported: string }

export type ControlProblem = { kind: 'timed-out' | 'failed'; reason: string }

/** What a control shows and can do. */
export type ControlState = {
  /** null: not known. */
  isOn: boolean | null
  phase: 'reading' | 'ready' | 'sending'
  /** Of the last attempt; gone with the next. */
  problem: ControlProblem | null
  set: (isOn: boolean) => void
  /** Asks anew; absent where the value comes by itself. */
  readAgain?: () => void
}
