import type { EntityId, Message } from '@thingwire/contracts'
import { type AttributesSave, defineHandler, type Settled } from '@thingwire/rules'
import { inBatches } from '../enriching/in-batches.ts'
import { createIsInside } from '../geofencing/is-inside.ts'
import { saveApart } from '../saving/save-apart.ts'
import { inMs } from './durations.ts'
import { gpsGeofencingEvents } from './manifest.ts'
import { type Answer, readState, type State, stepOf, writeState } from './state.ts'

type Plan = { originator: EntityId; isInside: boolean; move: string }
type Kept = { originator: EntityId; state: State | null; changes: State['changes'] }

/** The name of the attribute is that of the node, so that every process finds it, and no other node writes it. */
const keyOf = (nodeId: string): string => `geofencing_${nodeId}`

export const gpsGeofencingEventsHandler = defineHandler(gpsGeofencingEvents, (config, { ports, nodeId }) => {
  const { attributes, clock, machine } = ports
  const key = keyOf(nodeId)
  const look = createIsInside(config)
  const rules = {
    insideMs: inMs(config.minInsideDuration, config.minInsideDurationTimeUnit),
    outsideMs: inMs(config.minOutsideDuration, config.minOutsideDurationTimeUnit),
    isToldAlways: config.reportPresenceStatusOnEachMessage,
  }

  const read = async (plans: readonly Plan[]): Promise<Map<string, Kept>> => {
    const originators = [...new Map(plans.map(({ originator }) => [placeOf(originator), originator])).values()]
    const found = await attributes.find(
      originators.map((entityId) => ({ entityId, scope: 'SERVER_SCOPE', keys: [key, machine.name] })),
    )
    return new Map(
      originators.map((originator, index) => {
        const stored = (name: string) => found[index]?.find((entry) => entry.key === name)
        // ThingsBoard keeps it under the name of the machine: what was there before goes on from it.
        const state = readState(stored(key)) ?? readState(stored(machine.name))
        return [placeOf(originator), { originator, state, changes: [] }]
      }),
    )
  }

  const run = async (plans: readonly Plan[]): Promise<Settled<Answer>[]> => {
    const kept = await read(plans)
    const nowMs = clock.now()
    const answers = plans.map((plan): Answer => {
      const one = kept.get(placeOf(plan.originator))
      const step = stepOf(one?.state ?? null, { ...plan, nowMs }, rules)
      if (one) {
        one.state = step.state
        if (step.isChanged && step.answer !== 'Success') one.changes.push([plan.move, step.answer])
      }
      return step.answer
    })
    const changed = [...kept.values()].filter(({ changes }) => changes.length > 0)
    const failed = await saveApart(changed, (items) =>
      attributes.save(
        items.flatMap(({ originator, state, changes }): AttributesSave[] =>
          state
            ? [
                {
                  ...{ entityId: originator, scope: 'SERVER_SCOPE', ts: nowMs },
                  entries: [writeState(key, { ...state, changes })],
                  ...{ save: true, notifyLive: true, notifyDevice: false },
                },
              ]
            : [],
        ),
      ),
    )
    return plans.map(({ originator }, index): Settled<Answer> => {
      const one = kept.get(placeOf(originator))
      const error = one && failed.get(one)
      return error === undefined ? { ok: true, value: answers[index] ?? 'Success' } : { ok: false, error }
    })
  }

  return inBatches({
    plan: (message): Plan => {
      const { at, isInside } = look(message)
      return { originator: message.originator, isInside, move: moveOf(message, at) }
    },
    read: (plans) =>
      ports.turns.take(
        key,
        plans.map(({ originator }) => originator.id),
        () => run(plans),
      ),
    finish: (message, answer) => {
      if (!answer.ok) throw new Error(answer.error)
      return [{ message, connection: answer.value }]
    },
  })
})

const placeOf = ({ entityType, id }: EntityId): string => `${entityType} ${id}`

/** Branches of a message get new ids whenever it runs; when it came in, and where it is, stay. */
const moveOf = ({ ts }: Message, at: { latitude: number; longitude: number }): string =>
  `${ts} ${at.latitude} ${at.longitude}`
