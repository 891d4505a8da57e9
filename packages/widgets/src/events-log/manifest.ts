import { z } from 'zod'
import { flag, number, oneOf } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const loggedTypes = [
  'LC_EVENT',
  'ERROR',
  'STATS',
  'DEBUG_RULE_NODE',
  'DEBUG_RULE_CHAIN',
  'DEBUG_CALCULATED_FIELD',
] as const
export type LoggedType = (typeof loggedTypes)[number]

const settings = z.object({
  /** What is shown until the viewer chooses. */
  eventType: oneOf(loggedTypes, 'LC_EVENT'),
  enableTypeChoice: flag(true),
  /** Only what went wrong, until the viewer chooses. */
  failuresOnly: flag(false),
  enableFilter: flag(true),
  enableSearch: flag(true),
  displayPagination: flag(true),
  defaultPageSize: number(10),
  newestFirst: flag(true),
})
export type EventsLogSettings = z.output<typeof settings>

export const eventsLog = defineWidget({
  type: 'events-log',
  fqns: ['events_log'],
  name: 'Events log',
  description: 'What was recorded of an entity: its life cycle, errors, statistics and debug messages.',
  data: 'page',
  settings,
  limits: { datasources: 1 },
  size: { columns: 12, rows: 7, minColumns: 4, minRows: 3 },
})
