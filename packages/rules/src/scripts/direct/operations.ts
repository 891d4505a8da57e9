import type { BinaryOperator } from 'acorn'
import { add, atMost, has, less, looselyEqual, toNumber } from './values.ts'

export type Operation = (left: unknown, right: unknown) => unknown

const ofNumbers =
  (fn: (left: number, right: number) => unknown): Operation =>
  (left, right) =>
    typeof left === 'number' && typeof right === 'number' ? fn(left, right) : fn(toNumber(left), toNumber(right))

const operations: ReadonlyMap<string, Operation> = new Map<BinaryOperator, Operation>([
  ['+', add],
  ['-', ofNumbers((left, right) => left - right)],
  ['*', ofNumbers((left, right) => left * right)],
  ['/', ofNumbers((left, right) => left / right)],
  ['%', ofNumbers((left, right) => left % right)],
  ['**', ofNumbers((left, right) => left ** right)],
  ['&', ofNumbers((left, right) => left & right)],
  ['|', ofNumbers((left, right) => left | right)],
  ['^', ofNumbers((left, right) => left ^ right)],
  ['<<', ofNumbers((left, right) => left << right)],
  ['>>', ofNumbers((left, right) => left >> right)],
  ['>>>', ofNumbers((left, right) => left >>> right)],
  ['<', less],
  ['<=', atMost],
  ['>', (left, right) => less(right, left)],
  ['>=', (left, right) => atMost(right, left)],
  ['===', (left, right) => left === right],
  ['!==', (left, right) => left !== right],
  ['==', looselyEqual],
  ['!=', (left, right) => !looselyEqual(left, right)],
  ['in', has],
])

/** Undefined for an operator that is not among them. */
export const operationOf = (operator: string): Operation | undefined => operations.get(operator)
