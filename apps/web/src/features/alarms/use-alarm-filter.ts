'use client'
import { alarmSeverities } from '@thingwire/contracts'
import { defaultTimeWindow, formatWindowParam, parseWindowParam, type WindowSpan } from '@thingwire/dashboards'
import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { acknowledgements, type AlarmFilter, alarmStates, usualFilter } from './alarm-filter.ts'

const formatSpan = (span: WindowSpan): string =>
  // Only the span counts; the mode that goes without saying keeps it short.
  formatWindowParam({ ...defaultTimeWindow, span, mode: isLive(span) ? 'realtime' : 'history' }, defaultTimeWindow)
const isLive = (span: WindowSpan) =>
  span.kind === 'last' || (span.kind === 'quick' && span.interval.startsWith('CURRENT_'))

/** The filter of a list of alarms, kept in the address. */
export const useAlarmFilter = () => {
  const [url, setUrl] = useQueryStates(
    {
      state: parseAsStringLiteral(alarmStates).withDefault(usualFilter.state),
      ack: parseAsStringLiteral(acknowledgements).withDefault(usualFilter.acknowledged),
      severity: parseAsArrayOf(parseAsStringLiteral(alarmSeverities)).withDefault([]),
      type: parseAsArrayOf(parseAsString).withDefault([]),
      mine: parseAsBoolean.withDefault(false),
      // Not the `w` of charts: on the page of a device both stand in one address.
      raised: parseAsString,
    },
    { history: 'push' },
  )
  const filter: AlarmFilter = {
    state: url.state,
    acknowledged: url.ack,
    severities: url.severity,
    types: url.type,
    isMine: url.mine,
    window: parseWindowParam(url.raised, defaultTimeWindow)?.span ?? usualFilter.window,
  }
  const change = (part: Partial<AlarmFilter>) => {
    const next = { ...filter, ...part }
    void setUrl({
      state: next.state,
      ack: next.acknowledged,
      severity: next.severities,
      type: next.types,
      mine: next.isMine,
      raised: next.window.kind === 'all' ? null : formatSpan(next.window),
    })
  }
  return { filter, change }
}
