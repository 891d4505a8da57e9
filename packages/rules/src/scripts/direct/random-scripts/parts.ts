import fc from 'fast-check'

const names = ['a', 'b', 'c', 'length', '0', 'toString', '__proto__', 'hasOwnProperty', 'constructor'] as const
export const plainNames = ['a', 'b', 'c'] as const
/** Of a member: mostly one that is there, sometimes one that every object has. */
export const name = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...plainNames) }, fc.constantFrom(...names))

/** Signs between two values. */
export const calculating = fc.constantFrom(
  ...['+', '-', '*', '/', '%', '&', '<<', '>>>', '<', '<=', '>', '>=', '==', '!=', '===', '!==', '&&', '||'],
)
/** Signs that give a variable another value. */
export const changing = fc.constantFrom('=', '=', '=', '+=', '-=', '*=', '/=', '||=', '&&=', '??=')
