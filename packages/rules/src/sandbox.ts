// What a script process needs of the rule core, and nothing that would make it start slowly.
export { type SandboxCalls, sandboxProgram, type Translation } from './scripts/sandbox-program.ts'
export type { ScriptSource } from './scripts/script.ts'
export { countAnswers, encodeError } from './scripts/script-wire.ts'
