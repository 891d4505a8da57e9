import { helperGroups } from './helper-docs.ts'

/** The classes whose static members scripts may use; those of java.util only with their package. */
export const classNames: ReadonlySet<string> = new Set([
  ...['Math', 'StrictMath', 'Integer', 'Long', 'Double', 'Float', 'Byte', 'Boolean', 'Character', 'String'],
  ...['JSON', 'Date', 'Arrays'],
])

/** The functions every script has. */
export const helperNames: ReadonlySet<string> = new Set(Object.values(helperGroups).flatMap(Object.keys))
