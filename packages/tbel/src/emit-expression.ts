import type { Expression } from './ast.ts'
import { CompileError } from './problem.ts'
import { identifier, type Scope } from './scope.ts'
import { isIntArithmetic, staticType } from './static-type.ts'
import { classNames, helperNames, packagedNames } from './vocabulary.ts'

/** What the parts of one script share: the values that are made once and stand before its function. */
export class Output {
  readonly #constants = new Map<string, string>()

  /** The name of a value that is computed once for the script. */
  constant(code: string): string {
    const known = this.#constants.get(code)
    if (known !== undefined) return known
    const name = `k${this.#constants.size}`
    this.#constants.set(code, name)
    return name
  }

  /** A function of the runtime, as a local name: that is what the optimiser inlines. */
  use(name: string): string {
    return this.constant(`$.${name}`)
  }

  get constants(): string {
    return [...this.#constants].map(([code, name]) => `const ${name}=${code};`).join('\n')
  }
}

export type Place = { scope: Scope; output: Output }

/** The function of the runtime for each operator; some have another for two Integers. */
export const operators: Readonly<Record<string, string>> = {
  ...{ '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '%': 'remainder', '**': 'power' },
  ...{ '&': 'bitAnd', '|': 'bitOr', '^': 'bitXor', '<<': 'shiftLeft', '>>': 'shiftRight', '>>>': 'shiftRightUnsigned' },
  ...{ '==': 'equal', '===': 'equal', '!=': 'unequal', '<': 'less', '>': 'greater', '<=': 'atMost', '>=': 'atLeast' },
  ...{ '#': 'concatenate', contains: 'contains', '~=': 'matches', or: 'firstFilled' },
  ...{ soundslike: 'soundsLike', strsim: 'similarity' },
}
const truths = new Set([
  '==',
  '===',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '&&',
  '||',
  'and',
  'contains',
  '~=',
  'convertable_to',
  'soundslike',
])

/** Whether the value is a boolean whatever the run brings. */
export const isTruth = (expression: Expression): boolean =>
  (expression.kind === 'binary' && truths.has(expression.operator)) ||
  (expression.kind === 'unary' && expression.operator === '!') ||
  (expression.kind === 'literal' && (expression.value === 'true' || expression.value === 'false')) ||
  expression.kind === 'is-type' ||
  expression.kind === 'is-defined'

/** Code of something that must be a boolean. */
export const emitTest = (test: Expression, place: Place): string =>
  isTruth(test) ? emitExpression(test, place) : `${place.output.use('truth')}(${emitExpression(test, place)})`

const quote = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)

const emitList = (items: Expression[], place: Place): string =>
  items.map((item) => emitExpression(item, place)).join(',')

/** `java.util.Arrays` of nested properties; null when it is anything else, or begins with a variable. */
export const dottedName = (expression: Expression, scope: Scope): string | null => {
  if (expression.kind === 'name') return scope.sees(expression.name) ? null : expression.name
  if (expression.kind !== 'property') return null
  const start = dottedName(expression.target, scope)
  return start === null ? null : `${start}.${expression.name}`
}

/** The class a path names, without its package. */
export const classOf = (expression: Expression, scope: Scope): string | null => {
  const path = dottedName(expression, scope)
  if (path === null) return null
  const name = path.replace(/^java\.(util|lang)\./, '')
  return (path.startsWith('java.util.') ? packagedNames : classNames).has(name) ? name : null
}

const emitNumber = (expression: Expression & { kind: 'number' }, { output }: Place): string => {
  if (expression.number === 'int') return expression.text
  if (expression.number === 'long') return `${expression.text}n`
  return output.constant(`$.${expression.number === 'double' ? 'double' : 'float'}(${Number(expression.text)})`)
}

const emitName = (name: string, line: number, { scope, output }: Place): string => {
  const value = identifier('v', name)
  if (scope.sees(name) && scope.isGiven(name)) return value
  const unknown = `${output.use('unknown')}(${quote(name)},${line})`
  return scope.sees(name) ? `(${value}!==undefined?${value}:${unknown})` : unknown
}

const emitCall = (call: Expression & { kind: 'call' }, place: Place): string => {
  const parameters = emitList(call.parameters, place)
  if (place.scope.seesFunction(call.name)) return `${identifier('f', call.name)}(${parameters})`
  if (helperNames.has(call.name)) return `${place.output.constant(`$.helpers.${call.name}`)}(${parameters})`
  return `${place.output.use('unknown')}(${quote(`${call.name}()`)},${call.at.line})`
}

const emitMethod = (call: Expression & { kind: 'method' }, place: Place): string => {
  const parameters = emitList(call.parameters, place)
  const className = classOf(call.target, place.scope)
  if (className !== null) {
    const method = `$.staticMethod(${quote(className)},${quote(call.name)},${call.at.line})`
    return `${place.output.constant(method)}(${parameters})`
  }
  const caller = isSafePath(call.target) ? 'callSafely' : 'call'
  return `${place.output.use(caller)}(${emitExpression(call.target, place)},${quote(call.name)},[${parameters}])`
}

/** After a null-safe step the rest of the path is safe; what the step itself stands on must be there. */
export const isSafePath = (expression: Expression): boolean =>
  (expression.kind === 'property' || expression.kind === 'method') &&
  (expression.isSafe || isSafePath(expression.target))

const emitProperty = (property: Expression & { kind: 'property' }, place: Place): string => {
  const className = classOf(property.target, place.scope)
  if (className !== null)
    return `${place.output.use('staticField')}(${quote(className)},${quote(property.name)},${property.at.line})`
  const reader = isSafePath(property.target) ? 'readSafely' : 'read'
  return `${place.output.use(reader)}(${emitExpression(property.target, place)},${quote(property.name)})`
}

const emitUnary = (unary: Expression & { kind: 'unary' }, place: Place): string => {
  if (unary.operator === '!') return `!${emitTest(unary.value, place)}`
  const value = emitExpression(unary.value, place)
  if (unary.operator === '~') return `${place.output.use('bitNot')}(${value})`
  if (unary.value.kind === 'number' && unary.value.number === 'int' && unary.value.text !== '0') return `(-${value})`
  return `${place.output.use('negate')}(${value})`
}

const emitBinary = (binary: Expression & { kind: 'binary' }, place: Place): string => {
  const { operator, left, right } = binary
  if (operator === '&&' || operator === 'and') return `(${emitTest(left, place)}&&${emitTest(right, place)})`
  if (operator === '||') return `(${emitTest(left, place)}||${emitTest(right, place)})`
  if (operator === '??') return `(${emitExpression(left, place)}??${emitExpression(right, place)})`
  if (operator === 'convertable_to') {
    const type = dottedName(right, place.scope)
    if (type === null) throw new CompileError('convertable_to needs the name of a type', right.at)
    return `${place.output.use('isConvertible')}(${emitExpression(left, place)},${quote(type)})`
  }
  const known = operators[operator]
  const name = known !== undefined && isIntArithmetic(binary, place.scope) ? `${known}Ints` : known
  if (name === undefined) throw new CompileError(`the operator ${operator} is not supported`, binary.at)
  return `${place.output.use(name)}(${emitExpression(left, place)},${emitExpression(right, place)})`
}

/** Code that gives `change(old value)` to a name, a property or an item. */
const emitChange = (target: Expression, operator: string, value: string, place: Place): string => {
  const change = place.output.use(operator)
  if (target.kind === 'name') {
    const old = place.scope.sees(target.name) ? emitName(target.name, target.at.line, place) : null
    place.scope.assign(target.name, null)
    const name = identifier('v', target.name)
    return `(${name}=${change}(${old ?? name},${value}))`
  }
  if (target.kind === 'property') {
    return `${place.output.use('change')}(${emitExpression(target.target, place)},${quote(target.name)},${change},()=>${value})`
  }
  if (target.kind !== 'index') throw new CompileError('nothing can be assigned to this', target.at)
  const parts = `${emitExpression(target.target, place)},${emitExpression(target.index, place)}`
  return `${place.output.use('changeAt')}(${parts},${change},()=>${value})`
}

const emitAssign = (assign: Expression & { kind: 'assign' }, place: Place): string => {
  const { operator, target } = assign
  const type = staticType(assign.value, place.scope)
  const value = emitExpression(assign.value, place)
  if (operator !== '=') return emitChange(target, operators[operator.slice(0, -1)] ?? '', value, place)
  if (target.kind === 'name') {
    place.scope.assign(target.name, type)
    return `(${identifier('v', target.name)}=${value})`
  }
  if (target.kind === 'property') {
    return `${place.output.use('write')}(${emitExpression(target.target, place)},${quote(target.name)},${value})`
  }
  if (target.kind !== 'index') throw new CompileError('nothing can be assigned to this', target.at)
  const parts = `${emitExpression(target.target, place)},${emitExpression(target.index, place)}`
  return `${place.output.use('writeAt')}(${parts},${value})`
}

/** `x++`; `isUsed` is false where nobody looks at the value. */
export const emitStep = (step: Expression & { kind: 'step' }, isUsed: boolean, place: Place): string => {
  const operator = step.operator === '++' ? 'add' : 'subtract'
  if (!isUsed || step.isPrefix) return emitChange(step.target, operator, '1', place)
  // The value before the step: undoing it costs nothing to speak of and needs no further variable.
  const undo = operator === 'add' ? 'subtract' : 'add'
  return `${place.output.use(undo)}(${emitChange(step.target, operator, '1', place)},1)`
}

const emitMap = (map: Expression & { kind: 'map' }, place: Place): string =>
  `${place.output.use('map')}([${map.entries.flatMap((entry) => emitList(entry, place)).join(',')}])`

/** Code of an expression. Declares in the place's scope what the expression assigns. */
export const emitExpression = (expression: Expression, place: Place): string => {
  const { output } = place
  switch (expression.kind) {
    case 'number':
      return emitNumber(expression, place)
    case 'string':
      return quote(expression.value)
    case 'literal':
      return expression.value === 'empty' ? output.use('empty') : expression.value
    case 'name':
      return emitName(expression.name, expression.at.line, place)
    case 'property':
      return emitProperty(expression, place)
    case 'index':
      return `${output.use('readAt')}(${emitExpression(expression.target, place)},${emitExpression(expression.index, place)})`
    case 'call':
      return emitCall(expression, place)
    case 'method':
      return emitMethod(expression, place)
    case 'new':
      return `${output.use('make')}(${quote(expression.type)},[${emitList(expression.parameters, place)}])`
    case 'new-array':
      return `${output.use('newArray')}(${quote(expression.type)},[${emitList(expression.sizes, place)}])`
    case 'typed-array':
      return `${output.use('arrayOf')}(${quote(expression.type)},[${emitList(expression.items, place)}])`
    case 'list':
      return `[${emitList(expression.items, place)}]`
    case 'map':
      return emitMap(expression, place)
    case 'unary':
      return emitUnary(expression, place)
    case 'binary':
      return emitBinary(expression, place)
    case 'condition':
      return `(${emitTest(expression.test, place)}?${emitExpression(expression.yes, place)}:${emitExpression(expression.no, place)})`
    case 'assign':
      return emitAssign(expression, place)
    case 'step':
      return emitStep(expression, true, place)
    case 'cast':
      return `${output.use('cast')}(${quote(expression.type)},${emitExpression(expression.value, place)})`
    case 'is-type':
      return `${output.use('isType')}(${emitExpression(expression.value, place)},${quote(expression.type)})`
    case 'is-defined':
      return place.scope.sees(expression.name) ? `(${identifier('v', expression.name)}!==undefined)` : 'false'
  }
}
