import { constants, createContext, runInContext } from 'node:vm'
import { AppError } from '@thingwire/contracts'
import type { ScriptsPort } from '../ports.ts'
import { javascriptCompilers } from './javascript-compilers.ts'
import type { SandboxCalls } from './sandbox-batch.ts'
import { readsMetadata, sandboxProgram } from './sandbox-program.ts'
import { scriptProblem } from './script.ts'
import { decodeAnswers, encodeInputs } from './script-wire.ts'
import { type Compilers, translateScript } from './translate-script.ts'

/** A script in TBEL as JavaScript with its runtime, or what is wrong with it. */
export type TbelTranslation = (body: string, args: readonly string[]) => { js: string; runtime: string } | string

/** Runs scripts as the engine does, but in this process and without limits: for tests with scripts of our own. */
export const scriptsInRealm = (translate: TbelTranslation): ScriptsPort => ({
  load: async (source) => {
    const tbel = source.language === 'TBEL' ? translate(source.body, source.argNames) : null
    const compilers: Compilers = {
      ...javascriptCompilers,
      tbelScript: () => tbel ?? '',
      tbelLibrary: () => 'Libraries in TBEL are not translated here',
      tbelRuntime: tbel !== null && typeof tbel === 'object' ? tbel.runtime : '',
    }
    const problem = scriptProblem(source)
    const translated = problem === null ? translateScript(source, compilers) : ({ ok: false, problem } as const)
    if (!translated.ok) throw new AppError('RULE_CHAIN_INVALID', translated.problem)
    const realm = createContext(constants.DONT_CONTEXTIFY)
    const calls: SandboxCalls = runInContext(sandboxProgram(source, translated.translation), realm)
    return async (inputs) => {
      const batch = encodeInputs(inputs, readsMetadata(source))
      return decodeAnswers(calls.begin(batch, 0, inputs.length, Number.POSITIVE_INFINITY), source.kind, inputs) ?? []
    }
  },
})
