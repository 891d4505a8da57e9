'use client'
import type { LivePoint } from '@thingwire/contracts'
import type { WidgetSeries } from '@thingwire/widgets/manifests'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { LiveChange, LiveListener } from '@/live/live-client.ts'
import { useLiveClient } from '@/live/live-provider.tsx'
import { entityField, keysByDevice, type Slot } from './widget-needs.ts'

type Points = ReadonlyMap<string, LivePoint>
const pointId = (kind: 'timeseries' | 'attribute', deviceId: string, key: string) => `${kind} ${deviceId} ${key}`

const pointsOf = (change: LiveChange, deviceId: string): [string, LivePoint | null][] => {
  if (change.kind === 'latest') {
    return Object.entries(change.values).map(([key, point]) => [pointId('timeseries', deviceId, key), point])
  }
  if (change.kind !== 'attributes') return []
  return [
    ...change.deleted.map(({ key }): [string, null] => [pointId('attribute', deviceId, key), null]),
    ...change.changed.map(({ key, ts, value }): [string, LivePoint] => [
      pointId('attribute', deviceId, key),
      [ts, value],
    ]),
  ]
}

/** Newest value of every slot, kept up to date; `refused` is the server's reason when it would not tell. */
export const useLatestSlots = (slots: readonly Slot[]) => {
  const client = useLiveClient()
  const [points, setPoints] = useState<Points>(new Map())
  const [hasAnswer, setHasAnswer] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const needs = JSON.stringify([[...keysByDevice(slots, 'timeseries')], [...keysByDevice(slots, 'attribute')]])
  const pending = useRef(new Map<string, LivePoint | null>())

  useEffect(() => {
    if (!client) return
    const [timeseries, attributes] = JSON.parse(needs) as [[string, string[]][], [string, string[]][]]
    // Updates of one frame come one listener after the other; they make one state change.
    const flush = () => {
      const news = [...pending.current]
      pending.current.clear()
      if (news.length === 0) return
      setPoints((known) => {
        const next = new Map(known)
        for (const [id, point] of news) {
          if (point) next.set(id, point)
          else next.delete(id)
        }
        return next
      })
    }
    const listenerFor =
      (deviceId: string): LiveListener =>
      (change) => {
        if (change.kind === 'refused') return setRefused(change.message)
        const isFirst = pending.current.size === 0
        for (const [id, point] of pointsOf(change, deviceId)) pending.current.set(id, point)
        setHasAnswer(true)
        if (isFirst) queueMicrotask(flush)
      }
    const leave = [
      ...timeseries.map(([id, keys]) =>
        client.subscribe({ kind: 'latest', entityId: { entityType: 'DEVICE', id }, keys }, listenerFor(id)),
      ),
      ...attributes.map(([id, keys]) =>
        client.subscribe({ kind: 'attributes', entityId: { entityType: 'DEVICE', id }, keys }, listenerFor(id)),
      ),
    ]
    return () => {
      for (const stop of leave) stop()
    }
  }, [client, needs])

  const series = useMemo(
    () =>
      slots.map(({ id, entity, dataKey }): WidgetSeries => {
        const point =
          dataKey.type === 'entityField'
            ? ([entity.createdTime, entityField(entity, dataKey.name)] satisfies LivePoint)
            : points.get(pointId(dataKey.type === 'attribute' ? 'attribute' : 'timeseries', entity.id, dataKey.name))
        return { id, entityId: entity.id, entityName: entity.name, dataKey, points: point ? [point] : [] }
      }),
    [slots, points],
  )
  const asksNothing = needs === '[[],[]]'
  return { series, hasAnswer: hasAnswer || asksNothing, refused }
}
