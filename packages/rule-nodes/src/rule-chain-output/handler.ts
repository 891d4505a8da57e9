import { defineHandler, perMessage } from '@thingwire/rules'
import { ruleChainOutput } from './manifest.ts'

export const ruleChainOutputHandler = defineHandler(ruleChainOutput, (_, { nodeName }) =>
  perMessage((message) => [{ message, returnAs: nodeName }]),
)
