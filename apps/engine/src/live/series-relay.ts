import type { LiveBusEvent, LivePoint } from '@thingwire/contracts'
import type { ShownSeries } from '../entity-values/shown-series.ts'
import { record } from './change.ts'

/** What is published of the entity that a view looks at, as if the view had it. */
export type SeriesRelay = {
  isReady: Promise<void>
  /** Looks at the view again. True when it shows something else now. */
  renew(): Promise<boolean>
  close(): void
}

/**
 * Values are published under the id of the entity that has them. Whoever watches a view gets those that it shows, under
 * the view's own id; whether they may see the view was asked when they subscribed.
 */
export const createSeriesRelay = (options: {
  viewId: string
  /** What the view shows now. */
  find(): Promise<ShownSeries>
  /** Follows an entity until the answered function is called. */
  follow(
    entityId: string,
    listener: { onEvent(event: LiveBusEvent): void; onGap(): void },
  ): { isReady: Promise<void>; stop(): void }
  onEvent(event: LiveBusEvent): void
  /** Something may have been missed. */
  onGap(): void
}): SeriesRelay => {
  const { viewId, onGap } = options
  let signature = ''
  let stop: (() => void) | null = null
  let isClosed = false
  let turn: Promise<unknown> = Promise.resolve()

  const followTarget = (shown: ShownSeries): Promise<void> => {
    stop?.()
    stop = null
    if (shown.keys?.size === 0) return Promise.resolve()
    const followed = options.follow(shown.entityId.id, {
      onGap,
      onEvent: (event) => {
        const relayed = relayedEvent(event, viewId, shown)
        if (relayed) options.onEvent(relayed)
        // What was deleted may have been outside of the window: what is left of it is read again.
        if (relayed?.kind === 'telemetry-deleted' && isWindow(shown)) onGap()
      },
    })
    stop = followed.stop
    return followed.isReady
  }

  const look = async (): Promise<boolean> => {
    const shown = await options.find()
    if (isClosed) return false
    const { entityId, keys, fromTs, toTs } = shown
    const found = JSON.stringify([entityId.id, keys && [...keys].sort(), fromTs, toTs])
    if (found === signature) return false
    signature = found
    await followTarget(shown)
    // Of a view that is gone there is nothing to tell: those who watch it are sent away.
    return entityId.id !== viewId
  }
  /** One after another: of two looks the later one counts. */
  const renew = (): Promise<boolean> => {
    const next = turn.then(look)
    turn = next.catch(() => {})
    return next
  }

  return {
    isReady: renew().then(() => {}),
    renew,
    close: () => {
      isClosed = true
      stop?.()
    },
  }
}

const isWindow = ({ fromTs, toTs }: ShownSeries): boolean => fromTs !== null || toTs !== null

/** The shown part of an event of the target; null: nothing of it is shown. */
export const relayedEvent = (
  event: LiveBusEvent,
  viewId: string,
  { keys, fromTs, toTs }: Pick<ShownSeries, 'keys' | 'fromTs' | 'toTs'>,
): LiveBusEvent | null => {
  const isShown = (key: string) => keys === null || keys.has(key)
  const isWithin = ([ts]: LivePoint) => (fromTs === null || ts >= fromTs) && (toTs === null || ts < toTs)
  if (event.kind === 'telemetry-deleted') {
    const gone = event.keys.filter(isShown)
    return gone.length > 0 ? { ...event, entityId: viewId, keys: gone } : null
  }
  if (event.kind !== 'telemetry') return null
  const points = record<LivePoint[]>()
  let isEmpty = true
  for (const [key, list] of Object.entries(event.points)) {
    const within = isShown(key) ? list.filter(isWithin) : []
    if (within.length === 0) continue
    points[key] = within
    isEmpty = false
  }
  return isEmpty ? null : { ...event, entityId: viewId, points }
}
