import { chosenScript, defineHandler, type Departure, failure, loadSwitchScript } from '@thingwire/rules'
import { scriptSwitch } from './manifest.ts'

export const scriptSwitchHandler = defineHandler(scriptSwitch, async (config, node) => {
  const script = await loadSwitchScript({ node, ...chosenScript(config) })
  return {
    handle: async (batch, signal) => {
      const answers = await script(batch, signal)
      return batch.flatMap((message, index): Departure[] => {
        const answer = answers[index]
        if (!answer?.ok) return [failure(message, answer)]
        return answer.value.map((connection) => ({ message, connection }))
      })
    },
  }
})
