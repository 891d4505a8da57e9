import type { AlarmCountQuery, EntityCountQuery, LiveBusEvent } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import type { AlarmQueries } from '../../alarms/alarm-queries.ts'
import type { EntityQueries } from '../../entity-queries/entity-queries.ts'
import { errorFields, type Logger } from '../../observability/logger.ts'
import type { Gate } from '../gate.ts'
import { alarmsTopic, type TopicListener, type Topics } from '../topics.ts'
import { entitySettleMs, refreshMs } from './entity-pages.ts'
import { createShared } from './shared.ts'
import { viewOf } from './view.ts'

type Question =
  | { kind: 'entities'; query: EntityCountQuery }
  /** `originatorId`: only alarms of it can change the answer. */
  | { kind: 'alarms'; query: AlarmCountQuery; originatorId?: string }

export type FigureHandle = { value: number; release(): void }

/** Numbers of entities and alarms, read every minute and when an alarm or an entity says so; shared by all who asked the same. */
export type Figures = {
  /** `onChange` gets every number that is different from the one before. */
  open(caller: Principal, question: Question, onChange: (value: number) => void): Promise<FigureHandle>
}

type AlarmEvent = Extract<LiveBusEvent, { kind: 'alarm' }>

/** Alarms come in crowds; one look at them in this time is enough. */
const alarmSettleMs = 200

type Figure = { value: number; members: Set<(value: number) => void>; close(): void }

export const createFigures = (deps: {
  topics: Pick<Topics, 'listen' | 'unlisten' | 'observe'>
  entityQueries(): EntityQueries
  alarmQueries(): Pick<AlarmQueries<unknown>, 'count'>
  background: Gate
  logger: Logger
}): Figures => {
  const { topics, logger } = deps
  const figures = createShared<Figure>()

  const read = (caller: Principal, question: Question): Promise<number> =>
    question.kind === 'entities'
      ? deps.entityQueries().count(caller, question.query)
      : deps.alarmQueries().count(caller, question.query)

  const begin = async (caller: Principal, question: Question): Promise<Figure> => {
    let settling: NodeJS.Timeout | null = null
    let isClosed = false
    const members: Figure['members'] = new Set()
    const readAgain = () => {
      deps
        .background(async () => {
          if (isClosed) return
          const value = await read(caller, question)
          if (isClosed || value === figure.value) return
          figure.value = value
          for (const tell of members) tell(value)
        })
        .catch((error: unknown) => logger.warn(errorFields(error), 'a count was not made again'))
    }
    const settleMs = question.kind === 'alarms' ? alarmSettleMs : entitySettleMs
    const soon = () => {
      settling ??= setTimeout(() => {
        settling = null
        readAgain()
      }, settleMs)
    }
    const listener: TopicListener = {
      onEvent: (event) => {
        if (event.kind === 'alarm' && concerns(event, question)) soon()
      },
      onGap: soon,
    }
    const tenantId = question.kind === 'alarms' ? caller.tenantId : null
    // Listening comes first, so that nothing falls between the count and the first event.
    if (tenantId) await topics.listen(alarmsTopic, tenantId, listener)
    const stopObserving =
      question.kind === 'entities'
        ? topics.observe((change) => {
            if (change.tenantId === caller.tenantId) soon()
          })
        : null
    const timer = setInterval(readAgain, refreshMs)
    const close = () => {
      isClosed = true
      clearInterval(timer)
      if (settling) clearTimeout(settling)
      if (tenantId) topics.unlisten(alarmsTopic, tenantId, listener)
      stopObserving?.()
    }
    const figure: Figure = { value: 0, members, close }
    try {
      figure.value = await read(caller, question)
    } catch (error) {
      close()
      throw error
    }
    return figure
  }

  return {
    open: async (caller, question, onChange) => {
      const { value: figure, release } = await figures.hold(viewOf(caller, question), () => begin(caller, question))
      // A member each: two subscriptions may bring the same function.
      const member = (value: number) => onChange(value)
      figure.members.add(member)
      return {
        value: figure.value,
        release: () => {
          figure.members.delete(member)
          release()
        },
      }
    },
  }
}

const concerns = (event: AlarmEvent, question: Question): boolean =>
  question.kind === 'alarms' && (!question.originatorId || event.originatorId === question.originatorId)
