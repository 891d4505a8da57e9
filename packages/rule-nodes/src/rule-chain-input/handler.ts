import { AppError, type Message } from '@thingwire/contracts'
import { defineHandler, perMessage } from '@thingwire/rules'
import { ruleChainInput } from './manifest.ts'

const hasProfile = ({ originator }: Message) => originator.entityType === 'DEVICE' || originator.entityType === 'ASSET'

export const ruleChainInputHandler = defineHandler(ruleChainInput, (config, { ports }) => {
  const { ruleChainId } = config
  if (ruleChainId === null) throw new AppError('RULE_CHAIN_INVALID', 'No rule chain is chosen')
  if (!config.forwardMsgToDefaultRuleChain) return perMessage((message) => [{ message, callChain: ruleChainId }])
  return {
    handle: async (batch) => {
      const withProfile = batch.filter(hasProfile)
      const found = await ports.entities.defaultRuleChains(withProfile.map(({ originator }) => originator))
      const chainOf = new Map(withProfile.map((message, index) => [message, found[index] ?? null]))
      return batch.map((message) => ({ message, callChain: chainOf.get(message) ?? ruleChainId }))
    },
  }
})
