import { type Alarm, type Message, nullUuid } from '@thingwire/contracts'
import { type NodeContext, newMessageId, withMetadata } from '@thingwire/rules'
import { saveApart } from '../saving/save-apart.ts'

/** The message that goes on with an alarm as its data. */
export const alarmMessage = (message: Message, alarm: Alarm, marks: Readonly<Record<string, string>>): Message => ({
  ...withMetadata(message, marks),
  type: 'ALARM',
  dataType: 'JSON',
  data: JSON.stringify(alarm),
})

type Told = { alarm: Alarm; type: 'ENTITY_CREATED' | 'ENTITY_UPDATED' | 'ALARM_CLEAR' }

/**
 * Tells the rule engine what became of alarms, in messages of their originators, before anything else goes on. Answers the
 * error text of those of which it could not be told.
 */
export const tellOf = async <T extends Told>(
  items: readonly T[],
  { ports, nodeId }: NodeContext,
): Promise<Map<T, string>> =>
  saveApart(items, (part) =>
    ports.messages.enqueue(
      part.map(
        ({ alarm, type }): Message => ({
          id: newMessageId(),
          ts: ports.clock.now(),
          type,
          tenantId: alarm.tenantId.id,
          originator: alarm.originator,
          customerId: alarm.customerId.id === nullUuid ? null : alarm.customerId.id,
          metadata: { ruleNodeId: nodeId },
          dataType: 'JSON',
          data: JSON.stringify(alarm),
          ruleChainId: null,
          ruleNodeId: null,
        }),
      ),
    ),
  )
