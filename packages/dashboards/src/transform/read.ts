import { flagOf, isRecord, type JsonRecord, listOf, numberOf, recordOf, textOf, within } from '../read.ts'
import { readCondition } from './condition.ts'
import { readExpression } from './expression.ts'
import {
  binaryOperations,
  type Calculation,
  type Folding,
  foldings,
  type Operand,
  type Transformation,
  type TransformationStep,
  unaryOperations,
  windowOperations,
} from './model.ts'

const mostSteps = 50

const foldingOf = (value: unknown): Folding => foldings.find((one) => one === value) ?? 'last'
const textList = (value: unknown): string[] => listOf(value).flatMap((one) => textOf(one) ?? [])

const readOperand = (file: unknown): Operand | null => {
  const { column, value } = recordOf(file)
  const [name, number] = [textOf(column), numberOf(value)]
  if (name !== null) return { column: name }
  return number === null ? null : { value: number }
}

const readCalculation = (file: JsonRecord): Calculation | null => {
  switch (file.kind) {
    case 'binary': {
      const [left, right] = [readOperand(file.left), readOperand(file.right)]
      const operation = binaryOperations.find((one) => one === file.operation)
      return left && right && operation ? { kind: 'binary', left, operation, right } : null
    }
    case 'unary': {
      const [of, operation] = [textOf(file.of), unaryOperations.find((one) => one === file.operation)]
      return of !== null && operation ? { kind: 'unary', operation, of } : null
    }
    case 'window': {
      const [of, operation] = [textOf(file.of), windowOperations.find((one) => one === file.operation)]
      const size = within(Math.round(numberOf(file.size) ?? 5), 1, 10_000)
      return operation && (of !== null || operation === 'rowNumber')
        ? { kind: 'window', operation, of: of ?? '', size }
        : null
    }
    case 'expression': {
      const text = textOf(file.text)
      return text !== null && readExpression(text).ok ? { kind: 'expression', text } : null
    }
    default:
      return null
  }
}

const readCalculate = (file: JsonRecord): Transformation | null => {
  const [name, how] = [textOf(file.name), readCalculation(recordOf(file.how))]
  if (name === null || !how) return null
  return { type: 'calculate', name, units: textOf(file.units), replaces: flagOf(file.replaces) ?? false, how }
}

const readGroup = (file: JsonRecord): Transformation | null => {
  const by = [...new Set(textList(file.by))]
  const folds = listOf(file.folds).flatMap((one) => {
    const [of, how] = [textOf(recordOf(one).of), foldingOf(recordOf(one).how)]
    return of === null ? [] : [{ of, how, as: textOf(recordOf(one).as) ?? `${of} (${how})` }]
  })
  const every = numberOf(file.everyMs)
  return by.length + folds.length === 0
    ? null
    : { type: 'group', by, everyMs: every !== null && every >= 1 ? Math.round(every) : null, folds }
}

const readSort = (file: JsonRecord): Transformation | null => {
  const by = listOf(file.by).flatMap((one) => {
    const name = textOf(recordOf(one).column)
    return name === null ? [] : [{ column: name, descending: flagOf(recordOf(one).descending) ?? false }]
  })
  return by.length === 0 ? null : { type: 'sort', by }
}

const readRename = (file: JsonRecord): Transformation | null => {
  const names = listOf(file.names).flatMap((one) => {
    const { from, to } = recordOf(one)
    return typeof from === 'string' && from !== '' && typeof to === 'string' ? [{ from, to }] : []
  })
  return names.length === 0 ? null : { type: 'rename', names }
}

const readPivot = (file: JsonRecord): Transformation | null => {
  const [rows, columns, values] = [textOf(file.rows), textOf(file.columns), textOf(file.values)]
  if (rows === null || columns === null || values === null) return null
  return { type: 'pivot', rows, columns, values, how: foldingOf(file.how) }
}

/** One transformation of a file; null: it is none, or not complete. */
export const readTransformation = (file: unknown): Transformation | null => {
  if (!isRecord(file)) return null
  switch (file.type) {
    case 'join': {
      const toleranceMs = within(Math.round(numberOf(file.toleranceMs) ?? 0), 0, 86_400_000)
      return { type: 'join', by: file.by === 'entity' ? 'entity' : 'time', toleranceMs }
    }
    case 'rename':
      return readRename(file)
    case 'calculate':
      return readCalculate(file)
    case 'group':
      return readGroup(file)
    case 'filter': {
      const conditions = listOf(file.conditions).flatMap((one) => readCondition(one) ?? [])
      if (conditions.length === 0) return null
      return {
        type: 'filter',
        match: file.match === 'any' ? 'any' : 'all',
        conditions,
        keep: flagOf(file.keep) ?? true,
      }
    }
    case 'sort':
      return readSort(file)
    case 'limit': {
      const count = numberOf(file.count)
      if (count === null || count < 1) return null
      return { type: 'limit', count: Math.floor(count), from: file.from === 'end' ? 'end' : 'start' }
    }
    case 'pivot':
      return readPivot(file)
    case 'select': {
      const columns = textList(file.columns)
      return columns.length === 0 ? null : { type: 'select', columns }
    }
    default:
      return null
  }
}

/** The steps of `config.thingwire.transformations`; what is none is left out. A step with `off` is kept and not made. */
export const readTransformations = (file: unknown): TransformationStep[] =>
  listOf(file)
    .slice(0, mostSteps)
    .flatMap((one) => {
      const transformation = readTransformation(one)
      return transformation ? [{ transformation, isOff: flagOf(recordOf(one).off) ?? false }] : []
    })
