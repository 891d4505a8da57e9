import type { Condition } from './condition.ts'

export const foldings = [
  'first',
  'last',
  'min',
  'max',
  'sum',
  'mean',
  'median',
  'count',
  'distinct',
  'range',
  'stddev',
] as const
export type Folding = (typeof foldings)[number]

export const binaryOperations = ['+', '-', '*', '/', '%', '^'] as const
export const unaryOperations = ['abs', 'negate', 'round', 'floor', 'ceil', 'sqrt', 'ln', 'exp', 'sign'] as const
export const windowOperations = [
  'movingMean',
  'movingMedian',
  'movingMin',
  'movingMax',
  'delta',
  'rate',
  'total',
  'percentChange',
  'rowNumber',
] as const

/** A column, or a number. */
export type Operand = { column: string } | { value: number }

/** How a new column is made of others. */
export type Calculation =
  | { kind: 'binary'; left: Operand; operation: (typeof binaryOperations)[number]; right: Operand }
  | { kind: 'unary'; operation: (typeof unaryOperations)[number]; of: string }
  /**
   * Over the rows before, in the order of the table, by entity where there is a column of them. `size`: rows of the moving
   * ones. `rate`: change a second, by the column of times.
   */
  | { kind: 'window'; operation: (typeof windowOperations)[number]; of: string; size: number }
  | { kind: 'expression'; text: string }

/** One step; stored in `config.thingwire.transformations`, in order. A step that cannot be made leaves the table as it is. */
export type Transformation =
  /** Rows of the same time, or of the same entity, become one, with a column for each key. */
  | {
      type: 'join'
      by: 'time' | 'entity' /** Times that are nearer than this are the same, ms. */
      toleranceMs: number
    }
  /** `''` as the new name hides a column. */
  | { type: 'rename'; names: readonly { from: string; to: string }[] }
  | { type: 'calculate'; name: string; units: string | null; replaces: boolean; how: Calculation }
  | {
      type: 'group'
      by: readonly string[] /** Of times: their steps. */
      everyMs: number | null
      folds: readonly { of: string; how: Folding; as: string }[]
    }
  | { type: 'filter'; match: 'all' | 'any'; conditions: readonly Condition[]; keep: boolean }
  | { type: 'sort'; by: readonly { column: string; descending: boolean }[] }
  | { type: 'limit'; count: number; from: 'start' | 'end' }
  /** A column for each value of `columns`, a row for each of `rows`. */
  | { type: 'pivot'; rows: string; columns: string; values: string; how: Folding }
  /** The columns that stay, in this order. */
  | { type: 'select'; columns: readonly string[] }
export type TransformationType = Transformation['type']

export type TransformationStep = { transformation: Transformation; isOff: boolean }
