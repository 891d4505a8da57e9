import type { EntityCountQuery, LivePoint } from '@thingwire/contracts'
import type { AlarmFilter } from '@thingwire/dashboards'
import type { LiveListener, LiveRequest } from '@/live/live-client.ts'
import { nobody } from './resolve.ts'
import { createSeriesMemory, type Source, type SourceKey, type SourcePlace, type SourceState } from './source.ts'

/** What is counted: entities that a question finds, or alarms, of all entities or those of a question. */
export type CountQuestion =
  | { kind: 'entity-count'; query: EntityCountQuery }
  | { kind: 'alarm-count'; query: EntityCountQuery | null; filter: AlarmFilter }

const requestOf = (question: CountQuestion, userId: string): LiveRequest => {
  if (question.kind === 'entity-count') return question
  const { statusList, severityList, typeList, searchPropagatedAlarms, assigneeId, assignedToCurrentUser } =
    question.filter
  const assignee = assignedToCurrentUser ? userId : assigneeId
  return {
    kind: 'alarm-count',
    query: {
      ...question.query,
      statusList: [...statusList].filter(isStatus),
      severityList: [...severityList].filter(isSeverity),
      typeList: [...typeList],
      searchPropagatedAlarms,
      ...(assignee !== null && { assigneeId: { id: assignee } }),
    },
  }
}

const statuses = ['ANY', 'ACTIVE', 'CLEARED', 'ACK', 'UNACK'] as const
const severities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'] as const
const isStatus = (text: string): text is (typeof statuses)[number] => statuses.some((one) => one === text)
const isSeverity = (text: string): text is (typeof severities)[number] => severities.some((one) => one === text)

/** A number that the server counts, live. */
export const createCountSource = (options: {
  place: SourcePlace
  question: CountQuestion
  keys: readonly SourceKey[]
  userId: string
  subscribe: (request: LiveRequest, listener: LiveListener) => () => void
  now: () => number
}): Source => {
  const { keys, place } = options
  const memory = createSeriesMemory(place)
  const entity = nobody(place.name)
  let points: readonly LivePoint[] | null = null
  let refused: string | null = null
  let leave: (() => void) | null = null
  let tell: (() => void) | null = null

  const begin = () => {
    leave?.()
    refused = null
    leave = options.subscribe(requestOf(options.question, options.userId), (change) => {
      if (change.kind === 'refused') refused = change.message
      else if (change.kind === 'entity-count' || change.kind === 'alarm-count') {
        refused = null
        if (points?.[0]?.[1] !== change.count) points = [[options.now(), change.count]]
      }
      tell?.()
    })
  }
  const state = (): SourceState => {
    if (refused !== null) return { status: 'failed', reason: refused, retry: begin }
    const counted = points
    if (counted === null) return { status: 'loading' }
    const series = memory.build(keys.map((key) => ({ key, entity, points: counted })))
    return { status: 'ready', series, entities: 1, total: 1 }
  }

  return {
    start: (changed) => {
      tell = changed
      begin()
    },
    stop: () => {
      leave?.()
      leave = null
      tell = null
    },
    state,
  }
}
