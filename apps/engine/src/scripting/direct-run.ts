import type { DirectScript, ScriptAnswer, ScriptInput, ScriptOutcome } from '@thingwire/rules'

type Answers = ScriptOutcome<ScriptAnswer>[]

/** Runs a batch; what needs a sandbox goes there with `inSandbox`. Answers in the order of the inputs. */
export type DirectRun = (
  inputs: readonly ScriptInput[],
  inSandbox: (inputs: readonly ScriptInput[]) => Promise<Answers>,
) => Promise<Answers>

/** Others have their turn after so long. */
const turnMs = 3
/** Messages after which it shows whether the sandbox has to be asked for most of them; then it is asked for all. */
const trial = 200
/** A script that takes longer than this, and so much for each message, is no longer run here. */
const allowanceMs = 10
const messageMs = 0.05
/** Reading and writing large data takes its time anywhere: lists of bytes 35 ns a character in TBEL. */
const characterMs = 0.000_04
/** Its steps are bounded, so a message for which it took longer has waited for a processor. */
const longestMs = 3

/**
 * A batch in which each message takes longer than this, and all of them so much, is worth a call of the sandbox: compiled JavaScript needs half
 * of the time or less, and none of it is the engine's. What a message takes is seen in batches of some size, and seen again every now and then.
 */
const dear = { messageMs: 0.02, batchMs: 0.5, size: 8, again: 16 } as const

/**
 * A script that needs no sandbox for most of its messages.
 * @param note Hears how many messages ran, and how long that took together
 */
export const createDirectRun = (
  script: DirectScript,
  note: (messages: number, timeMs: number) => void,
  now: () => number = () => performance.now(),
): DirectRun => {
  let tried = 0
  let refused = 0
  let takenMs = 0
  let grantedMs = allowanceMs
  let isUnfit = false
  /** By the last batch, and by the cheaper of the last two: the first of a script may be slow. */
  let lastMs = 0
  let priceMs = 0
  let spared = 0
  const isDear = (size: number): boolean => {
    if (size < dear.size || priceMs < dear.messageMs || priceMs * size < dear.batchMs) return false
    spared++
    return spared % dear.again > 0
  }
  /** Says whether the script has shown by now that it belongs into the sandbox. */
  const learn = (isRefused: boolean, tookMs: number, size: number): boolean => {
    tried++
    takenMs += Math.min(tookMs, longestMs + size * characterMs)
    grantedMs += messageMs + size * characterMs
    if (isRefused) refused++
    return (tried >= trial && refused > tried / 2) || takenMs > grantedMs
  }
  return async (inputs, inSandbox) => {
    if (isUnfit || isDear(inputs.length)) return inSandbox(inputs)
    const answers: Answers = []
    const rest: ScriptInput[] = []
    const places: number[] = []
    let usedMs = 0
    let turn = 0
    let longestOneMs = 0
    let before = now()
    for (let index = 0; index < inputs.length; index++) {
      const input = inputs[index]
      if (!input) continue
      const value = isUnfit ? undefined : script(input)
      if (value) answers[index] = { ok: true, value }
      else {
        rest.push(input)
        places.push(index)
      }
      const after = now()
      isUnfit ||= learn(!value, after - before, input.data.length)
      usedMs += after - before
      longestOneMs = Math.max(longestOneMs, after - before)
      before = after
      if (usedMs - turn < turnMs) continue
      turn = usedMs
      await new Promise((resolve) => setImmediate(resolve))
      before = now()
    }
    if (inputs.length >= dear.size) {
      const ms = (usedMs - longestOneMs) / (inputs.length - 1)
      priceMs = Math.min(lastMs, ms)
      lastMs = ms
    }
    if (rest.length < inputs.length) note(inputs.length - rest.length, usedMs)
    if (rest.length === 0) return answers
    const others = await inSandbox(rest)
    for (let index = 0; index < others.length; index++) {
      const answer = others[index]
      const place = places[index]
      if (answer && place !== undefined) answers[place] = answer
    }
    return answers
  }
}
