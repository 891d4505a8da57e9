import { AppError, type Message } from '@thingwire/contracts'
import { defineHandler, perMessage } from '@thingwire/rules'
import { log, standardLogScript } from './manifest.ts'

export const logHandler = defineHandler(log, (config, { ports, nodeId, nodeName, ruleChainId }) => {
  const language = config.scriptLang ?? 'JS'
  const script = (language === 'JS' ? config.jsScript : config.tbelScript)?.trim() ?? ''
  if (script === '') throw new AppError('RULE_CHAIN_INVALID', `${language} script is blank!`)
  if (script !== standardLogScript) {
    throw new AppError(
      'RULE_CHAIN_INVALID',
      'A log script of your own needs the script runner, which is not available yet',
    )
  }
  return perMessage((message) => {
    ports.log.info(standardText(message), { nodeId, nodeName, ruleChainId, messageType: message.type })
    return [{ message, connection: 'Success' }]
  })
})

const standardText = ({ data, metadata }: Message): string =>
  `\nIncoming message:\n${data}\nIncoming metadata:\n${JSON.stringify(metadata)}`
