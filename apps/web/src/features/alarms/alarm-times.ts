import { rangeOf, type TimeWindowModel } from '@thingwire/dashboards'

type Times = { timeWindow?: number; startTs?: number; endTs?: number }

/**
 * When alarms were made, as the live connection asks: a stretch up to now is moved on by the server, one that is still going
 * on has no end, and all time has neither.
 */
export const alarmTimes = (
  window: Pick<TimeWindowModel, 'span' | 'timeZone'>,
  now: number,
  viewerZone: string,
): Times => {
  if (window.span.kind === 'last') return { timeWindow: window.span.durationMs }
  if (window.span.kind === 'all') return {}
  const { startTs, endTs } = rangeOf(window, now, viewerZone)
  return { startTs, ...(endTs < now ? { endTs } : {}) }
}
