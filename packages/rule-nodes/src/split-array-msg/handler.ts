import { defineHandler, parseExactJson, perMessage, withData } from '@thingwire/rules'
import { splitArrayMsg } from './manifest.ts'

export const splitArrayMsgHandler = defineHandler(splitArrayMsg, () =>
  perMessage((message) => {
    const items = parseExactJson(message.data)
    if (!Array.isArray(items)) throw new Error('Msg data is not a JSON Array!')
    return items.map((item: unknown) => ({
      message: withData(message, JSON.stringify(item)),
      connection: 'Success' as const,
    }))
  }),
)
