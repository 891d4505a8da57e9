/** A refusal of the device comes as its answer: an object with `error`, as its libraries send it. */
export const requireDone = (answer: unknown): unknown => {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return answer
  // Some always send the member, and leave it empty when all went well.
  if (answer.error === null || answer.error === undefined || answer.error === '' || answer.error === false)
    return answer
  throw new Error(typeof answer.error === 'string' ? answer.error : JSON.stringify(answer.error))
}
