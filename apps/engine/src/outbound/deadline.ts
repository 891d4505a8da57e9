import { onAbort } from '@thingwire/rules'

/** The work, or a rejection when it takes longer; the work goes on, and nobody hears of it. */
export const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  work.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The work, which hears by its signal when it is given up: with `stop`, or because it takes longer than this, ms. Nobody
 * waits for it then, whatever it does. Its timer ends with it: signals of `AbortSignal.timeout` would live on.
 */
export const limited = <T>(ms: number, stop: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    if (stop.aborted) {
      reject(stop.reason)
      return
    }
    const controller = new AbortController()
    const end = () => {
      clearTimeout(timer)
      unlisten()
    }
    const giveUp = (reason: unknown) => {
      end()
      reject(reason)
      controller.abort(reason)
    }
    const timer = setTimeout(() => giveUp(new Error(`no answer within ${ms} ms`)), ms)
    const unlisten = onAbort(stop, () => giveUp(stop.reason))
    work(controller.signal).then(resolve, reject).finally(end)
  })
