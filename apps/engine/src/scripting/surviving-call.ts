import type { ScriptAnswer, ScriptInput, ScriptOutcome } from '@thingwire/rules'
import type { CallResult } from './script-child.ts'
import { maxStrikes } from './script-health.ts'

type Answers = ScriptOutcome<ScriptAnswer>[]

/** The answers of all inputs, and how often the script was to blame. */
export type Survived = { answers: Answers; strikes: number }

/** Runs a call in some process; `isAlone`: with nothing beside it. Rejects when no process can be had. */
export type RunInProcess = (inputs: readonly ScriptInput[], isAlone: boolean) => Promise<CallResult>

export const processDied = { ok: false, error: 'The script process ended while it ran this script' } as const

/** A process that ends while it runs this message and nothing else may have been ended by anybody; two hardly. */
const triesAlone = 2

/**
 * Runs a call although processes end meanwhile, whether somebody kills them or a script brings them down. A message fails of it only
 * when it ended processes that ran nothing but this message. What is left runs together first, since most often nobody of the call is to blame.
 * @param isTrial Nobody depends on the answer, so a process ends at most twice for it
 */
export const runSurviving = async (
  run: RunInProcess,
  inputs: readonly ScriptInput[],
  isTrial: boolean,
): Promise<Survived> => {
  const answers: Answers = []
  let strikes = 0
  const take = (result: CallResult): boolean => {
    for (const answer of result.answers) answers.push(answer)
    strikes += result.strikes
    return !result.hasDied
  }
  if (take(await run(inputs, false))) return { answers, strikes }
  if (!isTrial && inputs.length - answers.length > 1 && take(await run(inputs.slice(answers.length), true)))
    return { answers, strikes }
  let toBlame = 0
  while (answers.length < inputs.length && toBlame < maxStrikes) {
    const one = inputs.slice(answers.length, answers.length + 1)
    let hasAnswer = false
    for (let tries = isTrial ? 1 : triesAlone; tries > 0 && !hasAnswer; tries--) hasAnswer = take(await run(one, true))
    if (hasAnswer) continue
    answers.push(processDied)
    toBlame++
  }
  // It would go on like this.
  while (answers.length < inputs.length) answers.push(processDied)
  return { answers, strikes: strikes + toBlame }
}
