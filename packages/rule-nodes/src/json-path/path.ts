/** A JSON path that was read; see parse-path.ts. */
export type Path = { from: 'root' | 'current'; steps: readonly Step[] }

export type Step =
  | { kind: 'names'; names: readonly string[]; deep: boolean }
  | { kind: 'indexes'; indexes: readonly number[]; deep: boolean }
  | { kind: 'slice'; from: number | null; to: number | null; deep: boolean }
  | { kind: 'wildcard'; deep: boolean }
  | { kind: 'filter'; condition: Condition; deep: boolean }
  | { kind: 'function'; name: FunctionName; args: readonly Operand[] }

export const functionNames = [
  'length',
  'size',
  'min',
  'max',
  'avg',
  'stddev',
  'sum',
  'keys',
  'concat',
  'append',
  'first',
  'last',
  'index',
] as const
export type FunctionName = (typeof functionNames)[number]

export const wordOperators = ['in', 'nin', 'subsetof', 'anyof', 'noneof', 'size', 'empty', 'contains', 'all'] as const
/** Longer ones first: the reader takes the first that fits. */
export const signOperators = ['==', '!=', '<=', '>=', '=~', '<', '>'] as const
export type Operator = (typeof wordOperators)[number] | (typeof signOperators)[number]

export type Condition =
  | { kind: 'and' | 'or'; parts: readonly Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'exists'; path: Path }
  | { kind: 'compare'; left: Operand; operator: Operator; right: Operand }

export type Operand =
  | { kind: 'path'; path: Path }
  | { kind: 'value'; value: unknown }
  | { kind: 'regex'; matches(text: string): boolean }

/** Whether a step leads to one place at most; a path of such steps only is definite, and fails when a place is not there. */
export const isSingle = (step: Step, isLast: boolean): boolean => {
  switch (step.kind) {
    case 'function':
      return true
    case 'names':
      // Several names at the end of a path make one object of those members.
      return !step.deep && (step.names.length === 1 || isLast)
    case 'indexes':
      return !step.deep && step.indexes.length === 1
    default:
      return false
  }
}

/** Whether it begins with a search through everything. */
export const startsDeep = ({ steps: [first] }: Path): boolean =>
  first !== undefined && first.kind !== 'function' && first.deep
