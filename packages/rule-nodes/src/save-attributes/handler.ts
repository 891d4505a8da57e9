import { type AttributeScope, attributeScopeSchema, type KvEntry, type Message, messageTs } from '@thingwire/contracts'
import {
  type AttributesPort,
  type AttributesSave,
  type Clock,
  type Departure,
  defineHandler,
  isSameKvValue,
  kvEntriesToJson,
  type MessagesPort,
  newMessageId,
  parseAttributesPayload,
} from '@thingwire/rules'
import type { z } from 'zod'
import { ActionPlan, type Decision } from '../saving/action-plan.ts'
import { saveApart } from '../saving/save-apart.ts'
import { saveAttributes } from './manifest.ts'

type Config = z.output<typeof saveAttributes.config>
type Actions = 'attributes' | 'webSockets' | 'calculatedFields'
type Pending = { message: Message; decision: Decision<Actions>; save: AttributesSave }

const actions: readonly Actions[] = ['attributes', 'webSockets', 'calculatedFields']

export const saveAttributesHandler = defineHandler(saveAttributes, (config, { ports, nodeId }) => {
  const plan = new ActionPlan<Actions>(actions, config.processingSettings, ports.clock)
  return {
    handle: async (batch) => {
      const steps = batch.map((message) => prepare(message, { config, plan, clock: ports.clock }))
      const pending = steps.filter((step) => 'save' in step)
      try {
        const changed = config.updateAttributesOnlyOnValueChange
          ? await onlyChanges(pending, ports.attributes)
          : pending
        const due = changed.filter(({ decision }) => decision.any)
        const failed = await saveApart(due, (items) => ports.attributes.save(items.map(({ save }) => save)))
        const saved = new Set(due.filter((item) => item.save.save && !failed.has(item)))
        if (config.sendAttributesUpdatedNotification) {
          const told = [...saved].filter(({ save }) => save.scope !== 'CLIENT_SCOPE')
          for (const [item, error] of await notify(told, { messages: ports.messages, nodeId })) failed.set(item, error)
        }
        const byMessage = new Map(changed.map((item) => [item.message, item]))
        return steps.map((step): Departure => {
          if (!('save' in step)) return step
          const item = byMessage.get(step.message)
          return departure(step, item && failed.get(item), item !== undefined && saved.has(item))
        })
      } catch (error) {
        for (const { decision } of pending) decision.release()
        throw error
      }
    },
  }
})

const departure = ({ message, decision }: Pending, error: string | undefined, stored: boolean): Departure => {
  if (error !== undefined) {
    decision.release()
    return { message, connection: 'Failure', error }
  }
  return stored ? { message, connection: 'Success', stored } : { message, connection: 'Success' }
}

const prepare = (
  message: Message,
  { config, plan, clock }: { config: Config; plan: ActionPlan<Actions>; clock: Clock },
): Pending | Departure => {
  const fail = (error: string): Departure => ({ message, connection: 'Failure', error })
  const succeed: Departure = { message, connection: 'Success' }
  if (message.type !== 'POST_ATTRIBUTES_REQUEST') return fail(`Unsupported msg type: ${message.type}`)
  const decision = plan.decide(messageTs(message), message.originator.id)
  if (!decision.any) return succeed
  const refuse = (error: string): Departure => {
    decision.release()
    return fail(error)
  }
  const parsed = parseAttributesPayload(message.data)
  if (!parsed.ok) return refuse(parsed.message)
  if (parsed.entries.length === 0) {
    decision.release()
    return succeed
  }
  const scope = scopeOf(message, config.scope)
  if (scope === null) return refuse(`Metadata scope is not a scope: ${message.metadata.scope}`)
  const save: AttributesSave = {
    entityId: message.originator,
    scope,
    entries: parsed.entries,
    ts: clock.now(),
    save: decision.run.attributes,
    notifyLive: decision.run.webSockets,
    ...(decision.run.calculatedFields && { calculatedFields: true }),
    notifyDevice:
      scope === 'SHARED_SCOPE' && message.originator.entityType === 'DEVICE' && isDeviceTold(message, config),
  }
  return { message, decision, save }
}

const scopeOf = ({ metadata }: Message, fallback: AttributeScope): AttributeScope | null => {
  if (!metadata.scope) return fallback
  const parsed = attributeScopeSchema.safeParse(metadata.scope)
  return parsed.success ? parsed.data : null
}

/** Metadata that says nothing means yes; only a text other than `true` means no. */
const isDeviceTold = ({ metadata }: Message, { notifyDevice }: Config): boolean =>
  notifyDevice || !metadata.notifyDevice || metadata.notifyDevice.toLowerCase() === 'true'

const placeOf = ({ entityId, scope }: AttributesSave): string => `${entityId.entityType} ${entityId.id} ${scope}`

/**
 * Drops entries that are stored already, and messages of which nothing is left. One query for the whole batch; a message
 * is also compared with those before it, so that a value that goes back and forth inside a batch ends as it was sent.
 */
const onlyChanges = async (pending: readonly Pending[], attributes: AttributesPort): Promise<Pending[]> => {
  const places = new Map<string, { save: AttributesSave; keys: Set<string> }>()
  for (const { save } of pending) {
    const place = places.get(placeOf(save)) ?? { save, keys: new Set<string>() }
    for (const { key } of save.entries) place.keys.add(key)
    places.set(placeOf(save), place)
  }
  if (places.size === 0) return []
  const queries = Array.from(places.values(), ({ save: { entityId, scope }, keys }) => ({
    entityId,
    scope,
    keys: [...keys],
  }))
  const found = await attributes.find(queries)
  const known = new Map(
    Array.from(places.keys(), (name, index) => [
      name,
      new Map((found[index] ?? []).map((entry) => [entry.key, entry])),
    ]),
  )
  return pending.flatMap((item) => {
    const values = known.get(placeOf(item.save)) ?? new Map<string, KvEntry>()
    const entries = item.save.entries.filter((entry) => {
      const stored = values.get(entry.key)
      return !stored || !isSameKvValue(stored, entry)
    })
    if (item.save.save) for (const entry of entries) values.set(entry.key, entry)
    return entries.length === 0 ? [] : [{ ...item, save: { ...item.save, entries } }]
  })
}

const notify = (
  saved: readonly Pending[],
  { messages, nodeId }: { messages: MessagesPort; nodeId: string },
): Promise<Map<Pending, string>> =>
  saveApart(saved, (items) =>
    messages.enqueue(
      items.map(({ message, save }) => ({
        id: newMessageId(),
        ts: save.ts,
        type: 'ATTRIBUTES_UPDATED',
        tenantId: message.tenantId,
        originator: message.originator,
        customerId: message.customerId,
        metadata: { ruleNodeId: nodeId, scope: save.scope },
        dataType: 'JSON' as const,
        data: kvEntriesToJson(save.entries),
        ruleChainId: null,
        ruleNodeId: null,
      })),
    ),
  )
