import { constants, createContext, runInContext } from 'node:vm'
import { AppError } from '@thingwire/contracts'
import type { ScriptsPort } from '../ports.ts'
import { type SandboxCalls, sandboxProgram, type Translation } from './sandbox-program.ts'
import { scriptProblem } from './script.ts'
import { decodeAnswers, encodeInputs } from './script-wire.ts'

/** A script in TBEL as JavaScript, or what is wrong with it. */
export type TbelTranslation = (body: string, args: readonly string[]) => Translation | string

/** Runs scripts as the engine does, but in this process and without limits: for tests with scripts of our own. */
export const scriptsInRealm = (translate: TbelTranslation): ScriptsPort => ({
  load: async (source) => {
    const translation = source.language === 'TBEL' ? translate(source.body, source.argNames) : null
    const problem = scriptProblem(source) ?? (typeof translation === 'string' ? translation : null)
    if (problem !== null || typeof translation === 'string')
      throw new AppError('RULE_CHAIN_INVALID', problem ?? undefined)
    const realm = createContext(constants.DONT_CONTEXTIFY)
    const calls: SandboxCalls = runInContext(sandboxProgram(source, translation), realm)
    return async (inputs) => {
      return decodeAnswers(calls.begin(encodeInputs(inputs), 0, inputs.length, Number.POSITIVE_INFINITY)) ?? []
    }
  },
})
