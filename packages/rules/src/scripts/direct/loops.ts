import type { DoWhileStatement, ForInStatement, ForOfStatement, ForStatement, WhileStatement } from 'acorn'
import { assignTo, type Put } from './assignments.ts'
import { giveUp, spend } from '@thingwire/tbel/budget'
import { declarationOf, declareNames, putDeclared } from './declarations.ts'
import { type End, ends, type Run } from './ends.ts'
import { isMatch } from './regular-expressions.ts'
import { type Evaluate, type Label, type Scope, unfit } from './scope.ts'
import { itemsOf, membersOf, namesOf, Walkable } from './values.ts'

/** How the loop ends by a round that ended so; null: it goes on. */
const endOf = (end: End, labels: readonly Label[]): End | null => {
  if (end === ends.normally || end === ends.byContinue) return null
  if (end === ends.byBreak) return ends.normally
  return labels.some((label) => end === label.end + 1) ? null : end
}

type Round = { test: Evaluate | null; next: Evaluate | null; run: Run; labels: readonly Label[] }

/** Each round is paid. */
const looping = ({ test, next, run, labels }: Round, steps: number, isTestedLate: boolean): Run => {
  return (frame) => {
    for (let isFirst = true; ; isFirst = false) {
      spend(steps)
      if (test && !(isFirst && isTestedLate) && !test(frame)) return ends.normally
      const end = endOf(run(frame), labels)
      if (end !== null) return end
      next?.(frame)
    }
  }
}

export const forOf = ({ init, test, update, body }: ForStatement, outer: Scope): Run => {
  const labels = outer.program.takeLabels()
  const scope = outer.block(true)
  if (init?.type === 'VariableDeclaration') declareNames(init, scope)
  const first = init?.type === 'VariableDeclaration' ? declarationOf(init, scope) : init && scope.compile(init)
  const { made, steps } = scope.program.measured(() => ({
    test: test ? scope.compile(test) : null,
    next: update ? scope.compile(update) : null,
    run: scope.compileStatement(body),
    labels,
  }))
  const loop = looping(made, steps + 1, false)
  return (frame) => {
    first?.(frame)
    return loop(frame)
  }
}

export const whileOf = ({ type, test, body }: WhileStatement | DoWhileStatement, outer: Scope): Run => {
  const labels = outer.program.takeLabels()
  const scope = outer.block(true)
  const { made, steps } = scope.program.measured(() => ({
    test: scope.compile(test),
    next: null,
    run: scope.compileStatement(body),
    labels,
  }))
  return looping(made, steps + 1, type === 'DoWhileStatement')
}

/** What takes each item or name. */
const headOf = ({ left }: ForInStatement | ForOfStatement, scope: Scope): Put => {
  if (left.type !== 'VariableDeclaration') return assignTo(left, scope)
  const [declared] = left.declarations
  return declared && !declared.init ? putDeclared(left.kind, declared.id, scope) : unfit('a loop with a first value')
}

/** `for … of` and `for … in`. */
export const forEachOf = (node: ForInStatement | ForOfStatement, outer: Scope): Run => {
  if (node.type === 'ForOfStatement' && node.await) return unfit('a loop that waits')
  const labels = outer.program.takeLabels()
  const scope = outer.block(true)
  if (node.left.type === 'VariableDeclaration') declareNames(node.left, scope)
  const value = scope.compile(node.right)
  const { made, steps } = scope.program.measured(() => ({
    put: headOf(node, scope),
    run: scope.compileStatement(node.body),
  }))
  const { put, run } = made
  const isOfItems = node.type === 'ForOfStatement'
  return (frame) => {
    const given = value(frame)
    if (isOfItems && given instanceof Walkable) {
      const walk = given.walk()
      for (let step = walk.step(); !step.done; step = walk.step()) {
        spend(steps + 1)
        put(frame, step.value)
        const end = endOf(run(frame), labels)
        if (end !== null) return end
      }
      return ends.normally
    }
    const items = isOfItems ? itemsOf(given) : namesIn(given)
    const members =
      isOfItems || typeof given !== 'object' || given === null || Array.isArray(given) ? null : membersOf(given)
    // A list may grow or shrink meanwhile.
    for (let at = 0; at < items.length; at++) {
      spend(steps + 1)
      const item = items[at]
      if (members && !Object.hasOwn(members, String(item))) continue
      put(frame, item)
      const end = endOf(run(frame), labels)
      if (end !== null) return end
    }
    return ends.normally
  }
}

const namesIn = (value: unknown): string[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return namesOf(value)
  return isMatch(value) ? giveUp() : itemsOf(value).map((_, at) => String(at))
}
