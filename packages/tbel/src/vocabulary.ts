import { helperGroups } from './helper-docs.ts'

/** The classes that scripts may only use with their package, java.util. */
export const packagedNames: ReadonlySet<string> = new Set([
  ...['Arrays', 'Collections', 'Objects', 'UUID', 'Base64', 'List', 'Set', 'Map'],
])

/** The classes whose static members scripts may use. */
export const classNames: ReadonlySet<string> = new Set([
  ...['Math', 'StrictMath', 'Integer', 'Long', 'Double', 'Float', 'Short', 'Byte', 'Boolean', 'Character', 'String'],
  ...['JSON', 'Date'],
])

/** The functions every script has. */
export const helperNames: ReadonlySet<string> = new Set(Object.values(helperGroups).flatMap(Object.keys))
