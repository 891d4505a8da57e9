const degreesToRadians = 0.017453292519943295
const radiansToDegrees = 57.29577951308232

/** What Java makes of a double as a long. */
const toLong = (value: number): bigint => {
  if (Number.isNaN(value)) return 0n
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 63) return value > 0 ? 2n ** 63n - 1n : -(2n ** 63n)
  return BigInt(Math.trunc(value))
}

const floorDiv = (a: number, b: number): bigint => {
  const [dividend, divisor] = [toLong(a), toLong(b)]
  if (divisor === 0n) throw new Error('Division by zero!')
  const quotient = dividend / divisor
  return dividend % divisor !== 0n && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient
}

/** The exponent in the binary form of a double: 2 for 4. */
const binaryExponent = (value: number): number => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return ((view.getUint16(0) >> 4) & 0x7ff) - 1_023
}

const one = {
  SIN: Math.sin,
  SINH: Math.sinh,
  COS: Math.cos,
  COSH: Math.cosh,
  TAN: Math.tan,
  TANH: Math.tanh,
  ACOS: Math.acos,
  ASIN: Math.asin,
  ATAN: Math.atan,
  EXP: Math.exp,
  EXPM1: Math.expm1,
  SQRT: Math.sqrt,
  CBRT: Math.cbrt,
  GET_EXP: binaryExponent,
  LOG: Math.log,
  LOG10: Math.log10,
  LOG1P: Math.log1p,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  ABS: Math.abs,
  SIGNUM: Math.sign,
  RAD: (x: number) => x * degreesToRadians,
  DEG: (x: number) => x * radiansToDegrees,
} satisfies Record<string, (x: number) => number>

const two = {
  ADD: (a: number, b: number) => a + b,
  SUB: (a: number, b: number) => a - b,
  MULT: (a: number, b: number) => a * b,
  DIV: (a: number, b: number) => a / b,
  ATAN2: Math.atan2,
  HYPOT: (a: number, b: number) => Math.hypot(a, b),
  FLOOR_DIV: (a: number, b: number) => Number(floorDiv(a, b)),
  FLOOR_MOD: (a: number, b: number) => Number(toLong(a) - floorDiv(a, b) * toLong(b)),
  MIN: (a: number, b: number) => Math.min(a, b),
  MAX: (a: number, b: number) => Math.max(a, b),
  POW: (a: number, b: number) => a ** b,
} satisfies Record<string, (a: number, b: number) => number>

type One = keyof typeof one
type Two = keyof typeof two
export type OperationName = One | Two | 'CUSTOM'

const isOne = (name: string): name is One => Object.hasOwn(one, name)
const isTwo = (name: string): name is Two => Object.hasOwn(two, name)

export const operationNames = ['CUSTOM', ...Object.keys(two), ...Object.keys(one)].filter(
  (name): name is OperationName => name === 'CUSTOM' || isOne(name) || isTwo(name),
)

const integers: ReadonlySet<OperationName> = new Set(['GET_EXP', 'CEIL', 'FLOOR'])
/** Whether its results are whole numbers, whatever the precision. */
export const isWhole = (name: OperationName): boolean => integers.has(name)

/** A plain operation, and how many values it takes. */
export const operationOf = (
  name: Exclude<OperationName, 'CUSTOM'>,
): { takes: number; apply: (values: readonly number[]) => number } => {
  if (isOne(name)) {
    const apply = one[name]
    return { takes: 1, apply: ([x = Number.NaN]) => apply(x) }
  }
  const apply = two[name]
  return { takes: 2, apply: ([a = Number.NaN, b = Number.NaN]) => apply(a, b) }
}
