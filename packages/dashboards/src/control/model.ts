import type { AttributeScope } from '@thingwire/contracts'
import type { FunctionSource } from '../functions/source.ts'

/** Where a control reads a value from: the settings family that files call get-value. */
export type ValueRead = { convert: ReadConvert } & (
  | { kind: 'none'; value: unknown }
  | { kind: 'rpc'; method: string; params: unknown; timeoutMs: number; pollMs: number | null }
  | { kind: 'attribute'; scope: AttributeScope | null; key: string }
  | { kind: 'timeseries'; key: string }
  /** True while an alarm of the target is active; empty lists: any. */
  | { kind: 'alarmStatus'; severities: readonly string[]; types: readonly string[] }
  /** The id of the dashboard state shown. */
  | { kind: 'dashboardState' }
  | { kind: 'dashboardStateParams' }
)

/** What is made of the data read. */
export type ReadConvert =
  | { kind: 'asIs' }
  /** True when the data is the value, loosely ("true", 1). */
  | { kind: 'equals'; value: unknown }
  /** False for nothing, 0, "0", "false" and false; true for the rest. */
  | { kind: 'truthy' }
  /** `(data) => value`; with `equals`, then compared. */
  | { kind: 'function'; code: FunctionSource; equals?: unknown }

/** What a control does with a value: the settings family that files call set-value. */
export type ValueWrite = { data: WriteData } & (
  | { kind: 'rpc'; method: string; timeoutMs: number; isOneWay: boolean; pollMs: number | null }
  | { kind: 'attribute'; scope: 'SERVER_SCOPE' | 'SHARED_SCOPE'; key: string }
  | { kind: 'timeseries'; key: string }
)

/** What is sent for a value. */
export type WriteData =
  | { kind: 'value' }
  | { kind: 'constant'; value: unknown }
  /** `(value) => data` */
  | { kind: 'function'; code: FunctionSource }
  | { kind: 'none' }
