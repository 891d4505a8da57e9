import type { EventFilter, EventInfo } from '@thingwire/contracts'
import type { LoggedType } from './manifest.ts'
import type { eventsWords } from './words.ts'

type Word = keyof typeof eventsWords & string

export type EventColumn = { id: Word; isNumber: boolean; textOf: (event: EventInfo) => string }

const text = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

const member = (id: Word, name: string = id, isNumber = false): EventColumn => ({
  ...{ id, isNumber },
  textOf: ({ body }) => (Object.hasOwn(body, name) ? text(body[name]) : ''),
})
const error = member('error')
const server = member('server')

/** What stands in a row beside the time, by the kind of events. */
export const eventColumns: Readonly<Record<LoggedType, readonly EventColumn[]>> = {
  LC_EVENT: [
    member('event'),
    { id: 'status', isNumber: false, textOf: ({ body }) => (body.success === false ? 'Failure' : 'Success') },
    error,
    server,
  ],
  ERROR: [member('method'), error, server],
  STATS: [
    member('messagesProcessed', 'messagesProcessed', true),
    member('errorsOccurred', 'errorsOccurred', true),
    server,
  ],
  DEBUG_RULE_NODE: [
    member('direction', 'type'),
    member('msgType'),
    member('relationType'),
    member('entity', 'entityType'),
    error,
  ],
  DEBUG_RULE_CHAIN: [member('message'), error, server],
  DEBUG_CALCULATED_FIELD: [member('msgType'), member('result'), error],
}

/** What a search looks through, by the kind of events. */
export const searchedColumn: Readonly<Record<LoggedType, Word>> = {
  LC_EVENT: 'event',
  ERROR: 'error',
  STATS: 'server',
  DEBUG_RULE_NODE: 'msgType',
  DEBUG_RULE_CHAIN: 'message',
  DEBUG_CALCULATED_FIELD: 'msgType',
}

/** Whether something went wrong. */
export const isFailure = ({ type, body }: EventInfo): boolean =>
  type === 'ERROR' || body.success === false || Number(body.errorsOccurred) > 0 || text(body.error) !== ''

/** The question for what the viewer chose. */
export const filterOf = (eventType: LoggedType, search: string, failuresOnly: boolean): EventFilter => {
  const found = search.trim().slice(0, 1_000) || null
  switch (eventType) {
    case 'LC_EVENT':
      return { eventType, event: found, status: failuresOnly ? 'Failure' : null }
    case 'ERROR':
      return { eventType, errorStr: found }
    case 'STATS':
      return { eventType, server: found, minErrorsOccurred: failuresOnly ? 1 : null }
    case 'DEBUG_RULE_NODE':
    case 'DEBUG_CALCULATED_FIELD':
      return { eventType, msgType: found, isError: failuresOnly ? true : null }
    case 'DEBUG_RULE_CHAIN':
      return { eventType, message: found, isError: failuresOnly ? true : null }
  }
}
