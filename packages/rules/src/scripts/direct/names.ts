import type { MemberExpression } from 'acorn'
import { giveUp } from '@thingwire/tbel/budget'
import { type Evaluate, type Given, type Scope, unfit, unset, type Variable } from './scope.ts'
import type { Callback, Frame } from './values.ts'

/** The value of the rest of `a?.b.c` when there is no `a`. */
export const skipped = Symbol('skipped')

/** The variables of a function around this one. */
export const outwards = (frame: Frame, distance: number): Frame => {
  let found = frame
  for (let left = distance; left > 0; left--) found = found.outer ?? giveUp()
  return found
}

/** A function by its name, as a value: always the same one in the same call. */
const functionOf = (variable: Variable, distance: number): Evaluate => {
  const { slot } = variable
  return (frame) => {
    const outer = outwards(frame, distance)
    outer.slots[slot] ??= ofFrame(variable, outer)
    return outer.slots[slot]
  }
}
const ofFrame =
  (variable: Variable, outer: Frame): Callback =>
  (args, self) =>
    (variable.code ?? giveUp()).call(outer, args, self)

/** The value of a variable, seen from this place. */
export const readerOf = (variable: Variable, scope: Scope): Evaluate => {
  const { slot, kind, isReady } = variable
  const distance = scope.distanceTo(variable)
  if (kind === 'function') return functionOf(variable, distance)
  const isCertain = isReady && kind !== 'undeclared'
  if (distance === 0 && isCertain) return ({ slots }) => slots[slot]
  return (frame) => {
    const value = outwards(frame, distance).slots[slot]
    return value === unset ? giveUp() : value
  }
}

/** What puts a value into a variable that has one already. */
export const writerOf = (variable: Variable, scope: Scope): ((frame: Frame, value: unknown) => void) => {
  const { slot, kind, isReady } = variable
  if (kind === 'const' || kind === 'function') return unfit('a constant changes')
  if (kind === 'undeclared' && scope.place.isStrict) return unfit('a name that is not declared')
  const distance = scope.distanceTo(variable)
  variable.isChanged = true
  if (distance === 0)
    return (frame, value) => {
      frame.slots[slot] = value
    }
  return (frame, value) => {
    const { slots } = outwards(frame, distance)
    if (kind === 'let' && !isReady && slots[slot] === unset) giveUp()
    slots[slot] = value
  }
}

/** `this`, once there is one. */
export const selfOf = (scope: Scope): Evaluate => {
  const { slot, level } = scope.self()
  const distance = scope.place.level - level
  return (frame) => {
    const value = outwards(frame, distance).slots[slot]
    return value === unset ? giveUp() : value
  }
}

/** `this` where it is only handed on to another function: undefined for the global object, which nobody may look at. */
export const handedSelfOf = (scope: Scope): Evaluate => {
  if (scope.selfKind === 'script') return () => undefined
  if (scope.selfKind === 'class') return selfOf(scope)
  const { slot, level } = scope.self()
  const distance = scope.place.level - level
  return (frame) => {
    const value = outwards(frame, distance).slots[slot]
    return value === unset ? undefined : value
  }
}

/** `arguments` */
export const givenOf = (scope: Scope): Evaluate => {
  const { slot, level } = scope.given()
  const distance = scope.place.level - level
  return (frame) => outwards(frame, distance).slots[slot]
}

/** The name of a member that stands in the script; undefined: only the run shows it. */
export const memberName = ({ computed, property }: MemberExpression): string | undefined => {
  const name = !computed && property.type === 'Identifier' ? property.name : undefined
  const text =
    computed && property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
  return name ?? text
}

/** `Math.round`, when nothing hides `Math`. */
export const builtInName = (node: Given, scope: Scope): string | undefined => {
  if (node?.type === 'Identifier') return scope.find(node.name) ? undefined : node.name
  if (node?.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier') return undefined
  return scope.find(node.object.name) ? undefined : `${node.object.name}.${memberName(node)}`
}
