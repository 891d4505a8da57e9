/**
 * One question at a time: what is asked meanwhile waits, and of what waits only the newest is asked. So answers keep
 * coming, in order, when questions come faster than they can be answered. After
 * `stop` nothing is answered until it is asked again.
 */
export const createNewestOnly = <Q, A>(
  answer: (question: Q) => Promise<A>,
  answered: (answer: A, question: Q) => void,
): { ask: (question: Q) => void; stop: () => void } => {
  let isAsking = false
  let isStopped = false
  let waiting: { question: Q } | null = null
  const next = () => {
    const { question } = waiting ?? {}
    if (isAsking || isStopped || question === undefined) return
    waiting = null
    isAsking = true
    answer(question)
      .then((result) => {
        if (!isStopped) answered(result, question)
      })
      .finally(() => {
        isAsking = false
        next()
      })
  }
  return {
    ask: (question) => {
      isStopped = false
      waiting = { question }
      next()
    },
    stop: () => {
      isStopped = true
      waiting = null
    },
  }
}
