/** What an expression cannot be given a value for. */
export class ExpressionError extends Error {}

export const byZero = (): never => {
  throw new ExpressionError('Division by zero!')
}

export type ExpressionFunction = { arity: number; apply: (a: number, b: number) => number }

const one = (apply: (x: number) => number): ExpressionFunction => ({ arity: 1, apply })
const two = (apply: (a: number, b: number) => number): ExpressionFunction => ({ arity: 2, apply })
/** The reciprocal of something. */
const over = (divisor: number): number => (divisor === 0 ? byZero() : 1 / divisor)

/** Functions of expressions (as ThingsBoard, which has those of exp4j and its own logarithms). Angles are radians. */
export const expressionFunctions: ReadonlyMap<string, ExpressionFunction> = new Map([
  ['sin', one(Math.sin)],
  ['cos', one(Math.cos)],
  ['tan', one(Math.tan)],
  ['cot', one((x) => over(Math.tan(x)))],
  ['sec', one((x) => over(Math.cos(x)))],
  ['csc', one((x) => over(Math.sin(x)))],
  ['asin', one(Math.asin)],
  ['acos', one(Math.acos)],
  ['atan', one(Math.atan)],
  ['sinh', one(Math.sinh)],
  ['cosh', one(Math.cosh)],
  ['tanh', one(Math.tanh)],
  ['ln', one(Math.log)],
  ['lg', one(Math.log10)],
  ['log', one(Math.log)],
  ['log2', one((x) => Math.log(x) / Math.LN2)],
  ['log10', one(Math.log10)],
  ['log1p', one(Math.log1p)],
  ['logab', two((base, x) => Math.log(x) / Math.log(base))],
  ['abs', one(Math.abs)],
  ['cbrt', one(Math.cbrt)],
  ['floor', one(Math.floor)],
  ['ceil', one(Math.ceil)],
  ['sqrt', one(Math.sqrt)],
  ['pow', two((a, b) => a ** b)],
  ['exp', one(Math.exp)],
  ['expm1', one(Math.expm1)],
  ['signum', one((x) => (x > 0 ? 1 : x < 0 ? -1 : 0))],
])

/** A variable of the same name goes before. */
export const expressionConstants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['e', Math.E],
  ['φ', 1.61803398874],
])
