import type { Expression } from './ast.ts'
import type { Scope } from './scope.ts'

/**
 * What the language knows of a value before the script runs. It matters for Integers: two of them, both known as such,
 * are divided and multiplied as Java does (7 / 2 is 3), while Integers that only turn up at run time, like the fields of
 * a message, are divided as Doubles (7 / 2 is 3.5).
 */
export type StaticType = 'int' | 'string' | 'list' | 'map' | 'date' | null

const helpers: Record<Exclude<StaticType, null>, readonly string[]> = {
  int: [
    ...['parseInt', 'toInt', 'parseLittleEndianHexToInt', 'parseBigEndianHexToInt', 'parseHexToInt', 'parseBytesToInt'],
    ...['parseBinaryArrayToInt', 'isBinary', 'isOctal', 'isDecimal', 'isHexadecimal'],
  ],
  list: ['hexToBytes', 'base64ToBytesList', 'stringToBytes', 'bytesToExecutionArrayList', 'printUnsignedBytes'],
  string: [
    ...[
      'btoa',
      'atob',
      'bytesToString',
      'decodeToString',
      'intToHex',
      'longToHex',
      'intLongToRadixString',
      'floatToHex',
    ],
    ...['doubleToHex', 'bytesToHex', 'base64ToHex', 'hexToBase64', 'bytesToBase64', 'encodeURI', 'decodeURI'],
    ...['padStart', 'padEnd'],
  ],
  map: ['toFlatMap'],
  date: [],
}
const dateParts = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']
/** The methods that give an Integer. */
const intMethods: Record<Exclude<StaticType, null>, readonly string[]> = {
  int: ['intValue', 'compareTo'],
  string: ['length', 'indexOf', 'lastIndexOf', 'compareTo', 'codePointAt'],
  list: ['size', 'length', 'indexOf', 'lastIndexOf'],
  map: ['size'],
  date: dateParts.flatMap((part) => [`get${part}`, `getUTC${part}`]),
}

const ofHelper = (name: string): StaticType => {
  const types = ['int', 'list', 'string', 'map'] as const
  return types.find((type) => helpers[type].includes(name)) ?? null
}

/** Whether only literals stand in it: such a number is computed like those of the run. */
const isConstant = (expression: Expression): boolean => {
  if (expression.kind === 'binary') return isConstant(expression.left) && isConstant(expression.right)
  return expression.kind === 'number' || (expression.kind === 'unary' && isConstant(expression.value))
}

const ofBinary = ({ operator, left, right }: Expression & { kind: 'binary' }, scope: Scope): StaticType => {
  if (['&', '|', '^', '<<', '>>', '>>>'].includes(operator)) return 'int'
  if (!['+', '-', '*', '/', '%'].includes(operator)) return operator === '#' ? 'string' : null
  const types = [staticType(left, scope), staticType(right, scope)]
  if (operator === '+' && types.includes('string')) return 'string'
  if (types.some((type) => type !== 'int')) return null
  return operator === '/' && isConstant(left) && isConstant(right) ? null : 'int'
}

const ofCast = (type: string): StaticType =>
  type === 'int' || type === 'Integer' ? 'int' : type === 'String' ? 'string' : null

/** The type of an expression, null when only the run shows it. */
export const staticType = (expression: Expression, scope: Scope): StaticType => {
  switch (expression.kind) {
    case 'number':
      // Ten digits are taken for a Long until the value shows that they are none.
      return expression.number === 'int' && expression.text.length < 10 ? 'int' : null
    case 'string':
      return 'string'
    case 'list':
      return 'list'
    case 'map':
      return 'map'
    case 'name':
      return scope.typeOf(expression.name)
    case 'call':
      return scope.isInFunction || scope.seesFunction(expression.name) ? null : ofHelper(expression.name)
    case 'method': {
      const { target, name } = expression
      if (target.kind === 'name' && target.name === 'Integer' && !scope.sees('Integer')) {
        return name === 'parseInt' ? 'int' : null
      }
      const type = staticType(target, scope)
      return type !== null && intMethods[type].includes(name) ? 'int' : null
    }
    case 'new':
      return expression.type === 'Date' ? 'date' : null
    case 'unary':
      return expression.operator === '-' && staticType(expression.value, scope) === 'int' ? 'int' : null
    case 'binary':
      return ofBinary(expression, scope)
    case 'condition': {
      const type = staticType(expression.yes, scope)
      return type === staticType(expression.no, scope) ? type : null
    }
    case 'assign':
      return expression.operator === '=' ? staticType(expression.value, scope) : null
    case 'cast':
      return ofCast(expression.type)
    default:
      return null
  }
}

/**
 * Whether an operation is Java's on two `int`, with its wrap around. Two literals are computed like values of the run, and
 * so are all sums and differences of a chain but its first.
 */
export const isIntArithmetic = ({ operator, left, right }: Expression & { kind: 'binary' }, scope: Scope): boolean =>
  ['+', '-', '*', '/'].includes(operator) &&
  !('+-'.includes(operator) && left.kind === 'binary') &&
  staticType(left, scope) === 'int' &&
  staticType(right, scope) === 'int' &&
  !(isConstant(left) && isConstant(right))
