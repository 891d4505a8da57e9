export { type Compiled, compileTbel, maxSourceLength } from './compile.ts'
export type { Problem } from './problem.ts'
export { tbelRuntime } from './runtime-text.ts'
