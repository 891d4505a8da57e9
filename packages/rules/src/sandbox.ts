// What a script process needs of the rule core, and nothing that would make it start slowly.
export { javascriptCompilers } from './scripts/javascript-compilers.ts'
export type { SandboxCalls } from './scripts/sandbox-batch.ts'
export { sandboxProgram } from './scripts/sandbox-program.ts'
export { type Compilers, translateScript } from './scripts/translate-script.ts'
export type { ScriptSource } from './scripts/script.ts'
export { countAnswers, encodeError } from './scripts/script-wire.ts'
