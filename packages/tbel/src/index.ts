export type { Expression, Statement } from './ast.ts'
export {
  type Compiled,
  type CompiledLibrary,
  compileTbel,
  compileTbelLibrary,
  maxSourceLength,
  readTbel,
} from './compile.ts'
export { helperGroups } from './helper-docs.ts'
export { reserved as reservedWords, typeNames } from './parse-expression.ts'
export type { Position, Problem } from './problem.ts'
export { tbelRuntime } from './runtime-text.ts'
export { classNames, helperNames } from './vocabulary.ts'
