import type { EventFilter } from '@thingwire/contracts'

/** Kinds of events that rule nodes have. */
export const kindsOfEvents = ['DEBUG_RULE_NODE', 'ERROR', 'LC_EVENT', 'STATS'] as const

/** What somebody wants to see. `text` is looked for in the data, and in errors of the other kinds not at all. */
export type Wanted = {
  kind: (typeof kindsOfEvents)[number]
  text: string
  errorsOnly: boolean
  direction: '' | 'IN' | 'OUT'
}

export const filterOf = ({ kind, text, errorsOnly, direction }: Wanted): EventFilter => {
  if (kind !== 'DEBUG_RULE_NODE') return { eventType: kind }
  const search = text.trim()
  return {
    eventType: kind,
    ...(search !== '' && { dataSearch: search }),
    ...(errorsOnly && { isError: true }),
    ...(direction !== '' && { msgDirectionType: direction }),
  }
}
