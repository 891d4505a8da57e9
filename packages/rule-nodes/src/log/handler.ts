import type { Message } from '@thingwire/contracts'
import { AppError } from '@thingwire/contracts'
import { chosenScript, defineHandler, type Departure, failure, loadTextScript, perMessage } from '@thingwire/rules'
import { log, standardLogScript } from './manifest.ts'

export const logHandler = defineHandler(log, async (config, node) => {
  const { ports, nodeId, nodeName, ruleChainId } = node
  const { language, body } = chosenScript(config)
  if (body.trim() === '') throw new AppError('RULE_CHAIN_INVALID', `${language} script is blank!`)
  const write = (message: Message, text: string): Departure<'Success'> => {
    ports.log.info(text, { nodeId, nodeName, ruleChainId, messageType: message.type })
    return { message, connection: 'Success' }
  }
  if (body.trim() === standardLogScript) return perMessage((message) => [write(message, standardText(message))])
  const script = await loadTextScript({ node, language, body })
  return {
    handle: async (batch, signal) => {
      const answers = await script(batch, signal)
      return batch.map((message, index) => {
        const answer = answers[index]
        return answer?.ok ? write(message, answer.value) : failure(message, answer)
      })
    },
  }
})

const standardText = ({ data, metadata }: Message): string =>
  `\nIncoming message:\n${data}\nIncoming metadata:\n${JSON.stringify(metadata)}`
