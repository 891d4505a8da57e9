import { attributeScopeSchema, type Message } from '@thingwire/contracts'
import {
  type AttributesRemoval,
  type Departure,
  defineHandler,
  fillTemplate,
  type MessagesPort,
  newMessageId,
} from '@thingwire/rules'
import type { z } from 'zod'
import { saveApart } from '../saving/save-apart.ts'
import { deleteAttributes } from './manifest.ts'

type Config = z.output<typeof deleteAttributes.config>
type Pending = { message: Message; removal: AttributesRemoval }

export const deleteAttributesHandler = defineHandler(deleteAttributes, (config, { ports, nodeId }) => ({
  handle: async (batch) => {
    const steps = batch.map((message) => prepare(message, config))
    const pending = steps.filter((step) => 'removal' in step)
    const failed = await saveApart(pending, async (items) => {
      await ports.attributes.remove(items.map(({ removal }) => removal))
    })
    if (config.sendAttributesDeletedNotification) {
      const done = pending.filter((item) => !failed.has(item))
      for (const [item, error] of await notify(done, ports, nodeId)) failed.set(item, error)
    }
    return steps.map((step): Departure => {
      if (!('removal' in step)) return step
      const error = failed.get(step)
      const { message } = step
      return error === undefined ? { message, connection: 'Success' } : { message, connection: 'Failure', error }
    })
  },
}))

const prepare = (message: Message, config: Config): Pending | Departure => {
  const keys = new Set<string>()
  for (const pattern of config.keys) {
    const key = fillTemplate(pattern, message)
    if (!key.ok) return { message, connection: 'Failure', error: key.message }
    if (key.text.trim() !== '') keys.add(key.text)
  }
  if (keys.size === 0) return { message, connection: 'Success' }
  const { scope: named, notifyDevice } = message.metadata
  const scope = named ? attributeScopeSchema.safeParse(named).data : config.scope
  if (!scope) return { message, connection: 'Failure', error: `Metadata scope is not a scope: ${named}` }
  const isTold = config.notifyDevice || notifyDevice?.toLowerCase() === 'true'
  return {
    message,
    removal: {
      ...{ entityId: message.originator, scope, keys: [...keys] },
      notifyDevice: isTold && scope === 'SHARED_SCOPE' && message.originator.entityType === 'DEVICE',
    },
  }
}

const notify = (
  done: readonly Pending[],
  { messages, clock }: { messages: MessagesPort; clock: { now(): number } },
  nodeId: string,
): Promise<Map<Pending, string>> =>
  saveApart(done, (items) =>
    messages.enqueue(
      items.map(({ message: { tenantId, originator, customerId }, removal: { scope, keys } }) => ({
        ...{ id: newMessageId(), ts: clock.now(), type: 'ATTRIBUTES_DELETED', tenantId, originator, customerId },
        ...{ metadata: { ruleNodeId: nodeId, scope }, dataType: 'JSON' as const },
        ...{ data: JSON.stringify({ attributes: keys }), ruleChainId: null, ruleNodeId: null },
      })),
    ),
  )
