import type { ValueRead, ValueWrite } from '@thingwire/dashboards'

/** What a control reads and writes, by names of its own choice (`value`, `disabled`; `on`, `off`, `change`). */
export type ControlPlan = {
  reads: Readonly<Record<string, ValueRead>>
  writes: Readonly<Record<string, ValueWrite>>
}

export type ControlProblem = { kind: 'timed-out' | 'failed'; reason: string }

/** One value that is read. */
export type ControlValue = {
  /** Undefined: not known. */
  value: unknown
  phase: 'reading' | 'ready'
  problem: ControlProblem | null
  /** Asks anew; absent where the value comes by itself. */
  readAgain?: () => void
}

/** What a control shows and can do. */
export type ControlState = {
  values: Readonly<Record<string, ControlValue>>
  /**
   * Carries out the write of that name. While it is under way and after it, reads named in `shows` show that value until
   * the server tells something newer; they go back when it failed.
   */
  write: (name: string, value?: unknown, shows?: Readonly<Record<string, unknown>>) => void
  /** Name of the write under way. */
  sending: string | null
  /** Of the last write; gone with the next. */
  problem: (ControlProblem & { write: string }) | null
}
