import type { EventFilter } from '@thingwire/contracts'
import { containing } from '../rows.ts'

type Bind = (value: unknown) => string

/** Member of a filter → member of the body, for texts that match anywhere. */
const contained: Readonly<Record<string, string>> = {
  server: 'server',
  errorStr: 'error',
  msgDirectionType: 'type',
  entityType: 'entityType',
  msgType: 'msgType',
  relationType: 'relationType',
  dataSearch: 'data',
  metadataSearch: 'metadata',
  message: 'message',
  event: 'event',
  method: 'method',
  arguments: 'arguments',
  result: 'result',
}
const equal: Readonly<Record<string, string>> = { entityId: 'entityId', msgId: 'msgId' }
const numbers: Readonly<Record<string, { member: string; operator: '>=' | '<=' }>> = {
  minMessagesProcessed: { member: 'messagesProcessed', operator: '>=' },
  maxMessagesProcessed: { member: 'messagesProcessed', operator: '<=' },
  minErrorsOccurred: { member: 'errorsOccurred', operator: '>=' },
  maxErrorsOccurred: { member: 'errorsOccurred', operator: '<=' },
}

/** SQL conditions on `body`. The names come from the tables above, never from the filter. */
export const filterConditions = (filter: EventFilter, bind: Bind): string[] =>
  Object.entries(filter).flatMap(([name, value]): string[] => {
    if (value === null || value === undefined || value === '') return []
    if (name === 'isError') return value === true ? [`coalesce(body ->> 'error', '') <> ''`] : []
    if (name === 'status') return [`(body ->> 'success')::boolean = ${bind(value === 'Success')}`]
    if (Object.hasOwn(contained, name))
      return [`body ->> '${contained[name]}' ILIKE ${bind(containing(String(value)))}`]
    if (Object.hasOwn(equal, name)) return [`lower(body ->> '${equal[name]}') = lower(${bind(value)})`]
    const number = Object.hasOwn(numbers, name) ? numbers[name] : undefined
    return number ? [`(body ->> '${number.member}')::numeric ${number.operator} ${bind(value)}`] : []
  })
