import {
  type Arguments,
  errorText,
  isEnvironmentError,
  newestTs,
  type LoadedScript,
  type Ports,
  scriptedTexts,
} from '@thingwire/rules'
import { LRUCache } from 'lru-cache'
import { toPlainValue } from '@thingwire/contracts'
import { expressionArguments, expressionBody } from './expression-test.ts'
import type { LiveField } from './field-directory.ts'
import { fieldChainId, fieldJson } from './field-messages.ts'

export type FieldScripts = {
  /**
   * Runs all expressions of the rules, each expression once for all that have it. By item, in order: what an expression
   * answered; it throws what the script failed with.
   */
  answers(
    tenantId: string,
    items: readonly { field: LiveField; all: Arguments }[],
    signal: AbortSignal,
  ): Promise<((expression: string) => boolean)[]>
}

/** Scripts that are held ready. */
const mostScripts = 2_000

/** Expressions of alarm rules see each argument by its name, and `ctx` with `args.<name>.ts`, `.value` and `latestTs`. */
export const createFieldScripts = (deps: { portsOf(tenantId: string): Pick<Ports, 'scripts'> }): FieldScripts => {
  const loaded = new LRUCache<string, Promise<LoadedScript>>({ max: mostScripts })

  const load = (tenantId: string, field: LiveField, expression: string): Promise<LoadedScript> => {
    const names = field.compiled.sources.map(({ name }) => name)
    const key = `${tenantId} ${names.join()} ${expression}`
    const known = loaded.get(key)
    if (known) return known
    const script = deps.portsOf(tenantId).scripts.load(
      {
        language: 'TBEL',
        kind: 'filter',
        argNames: expressionArguments,
        body: expressionBody(names, expression),
      },
      { ruleChainId: fieldChainId, nodeId: field.id, suspended: () => {} },
    )
    loaded.set(key, script)
    script.catch(() => loaded.delete(key))
    return script
  }

  type Call = { field: LiveField; expression: string; inputs: { at: number; data: string }[] }

  const run = async (tenantId: string, { field, expression, inputs }: Call, signal: AbortSignal) => {
    try {
      const script = await load(tenantId, field, expression)
      return await script(
        inputs.map(({ data }) => ({ data, metadata: {}, type: 'CALCULATED_FIELDS' })),
        signal,
      )
    } catch (error) {
      if (isEnvironmentError(error) || signal.aborted) throw error
      return inputs.map(() => ({ ok: false as const, error: errorText(error) }))
    }
  }

  return {
    answers: async (tenantId, items, signal) => {
      const calls = new Map<string, Call>()
      for (const [at, { field, all }] of items.entries())
        for (const expression of field.compiled.scripts) {
          const key = `${field.id} ${expression}`
          const call = calls.get(key) ?? { field, expression, inputs: [] }
          calls.set(key, call)
          call.inputs.push({ at, data: contextOf(all) })
        }
      const answers = items.map(() => new Map<string, { ok: true; value: boolean } | { ok: false; error: string }>())
      await Promise.all(
        [...calls.values()].map(async (call) => {
          const outcomes = await run(tenantId, call, signal)
          for (const [index, { at }] of call.inputs.entries()) {
            const outcome = outcomes[index] ?? { ok: false as const, error: 'The script gave no answer' }
            const texts = outcome.ok ? scriptedTexts(outcome.value, 'filter') : outcome
            answers[at]?.set(call.expression, texts.ok ? { ok: true, value: texts.value[0] === 'true' } : texts)
          }
        }),
      )
      return answers.map((own) => (expression: string) => {
        const answer = own.get(expression)
        if (!answer) throw new Error('The script gave no answer')
        if (!answer.ok) throw new Error(answer.error)
        return answer.value
      })
    },
  }
}

/** Arguments as scripts and people see them. */
export const argumentsOf = (all: Arguments) =>
  Object.fromEntries(
    Array.from(all, ([name, { ts, value }]) => [name, { ts, value: value ? toPlainValue(value) : null }] as const),
  )

const contextOf = (all: Arguments): string => fieldJson({ args: argumentsOf(all), latestTs: newestTs(all) })
