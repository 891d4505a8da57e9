import { chosenScript, defineHandler, type Departure, failure, loadUpdateScript } from '@thingwire/rules'
import { scriptTransformation } from './manifest.ts'

export const scriptTransformationHandler = defineHandler(scriptTransformation, async (config, node) => {
  const script = await loadUpdateScript({ node, ...chosenScript(config) })
  return {
    handle: async (batch, signal) => {
      const answers = await script(batch, signal)
      return batch.flatMap((message, index): Departure<'Success'>[] => {
        const answer = answers[index]
        if (!answer?.ok) return [failure(message, answer)]
        if (answer.value.length === 0)
          return [{ message, connection: 'Failure', error: 'Message or messages list are empty!' }]
        return answer.value.map((made) => ({ message: { ...message, ...made }, connection: 'Success' }))
      })
    },
  }
})
