import { chosenScript, defineHandler, failure, loadFilterScript } from '@thingwire/rules'
import { scriptFilter } from './manifest.ts'

export const scriptFilterHandler = defineHandler(scriptFilter, async (config, node) => {
  const script = await loadFilterScript({ node, ...chosenScript(config) })
  return {
    handle: async (batch, signal) => {
      const answers = await script(batch, signal)
      return batch.map((message, index) => {
        const answer = answers[index]
        if (!answer?.ok) return failure(message, answer)
        return { message, connection: answer.value ? 'True' : 'False' }
      })
    },
  }
})
