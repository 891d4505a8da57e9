export { type Compiled, type CompiledLibrary, compileTbel, compileTbelLibrary, maxSourceLength } from './compile.ts'
export { helperGroups } from './helper-docs.ts'
export type { Problem } from './problem.ts'
export { tbelRuntime } from './runtime-text.ts'
