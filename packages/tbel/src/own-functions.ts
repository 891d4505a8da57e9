import type { Statement } from './ast.ts'
import { helperNames } from './vocabulary.ts'

/**
 * Statements without the functions that nobody can call: of a name that stands twice the first counts, and in a script
 * the functions of the language come before its own.
 */
export const withoutHidden = (body: readonly Statement[], isLibrary: boolean): Statement[] => {
  const names = new Set<string>()
  return body.filter((statement) => {
    if (statement.kind !== 'function') return true
    if (names.has(statement.name) || (!isLibrary && helperNames.has(statement.name))) return false
    names.add(statement.name)
    return true
  })
}
