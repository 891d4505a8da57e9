'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { LivePoint } from '@thingwire/contracts'
import type { ControlPlan, ControlRead, ControlState } from '@thingwire/widgets/manifests'
import { useEffect, useState } from 'react'
import { callDevice } from '@/api/control.ts'
import type { LiveRequest } from '@/live/live-client.ts'
import { useLiveClient } from '@/live/live-provider.tsx'
import { carryOut, problemOf } from './command.ts'

export type RunningPlan = Exclude<ControlPlan, { unsupported: string }>

/** The newest value that the device reported under the key, as it comes in; undefined until the server has answered. */
const useReported = (deviceId: string, read: ControlRead) => {
  const client = useLiveClient()
  const [point, setPoint] = useState<LivePoint | null | undefined>(undefined)
  const [refused, setRefused] = useState<string | null>(null)
  const kind = read.kind
  const key = kind === 'attribute' || kind === 'timeseries' ? read.key : ''
  const scope = kind === 'attribute' ? read.scope : null
  useEffect(() => {
    if (!client || (kind !== 'attribute' && kind !== 'timeseries')) return
    const entityId = { entityType: 'DEVICE', id: deviceId } as const
    const need: LiveRequest =
      kind === 'timeseries'
        ? { kind: 'latest', entityId, keys: [key] }
        : { kind: 'attributes', entityId, keys: [key], ...(scope ? { scope } : {}) }
    return client.subscribe(need, (change) => {
      if (change.kind === 'refused') setRefused(change.message)
      else if (change.kind === 'latest') setPoint((known) => change.values[key] ?? known ?? null)
      else if (change.kind === 'attributes') {
        const news = change.changed.find((attribute) => attribute.key === key)
        const isGone = change.deleted.some((attribute) => attribute.key === key)
        setPoint((known) => (news ? [news.ts, news.value] : isGone ? null : (known ?? null)))
      }
    })
  }, [client, deviceId, kind, key, scope])
  return { point, refused }
}

/** What the device says when it is asked; asked once, and when a person wants it again. */
const useAsked = (deviceId: string, read: ControlRead) => {
  const queryKey = ['control', deviceId, read.kind === 'rpc' ? read.method : null]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      read.kind === 'rpc' ? callDevice(deviceId, read.method, null, read.timeoutMs, signal) : null,
    enabled: read.kind === 'rpc',
    retry: false,
    // What a switch was set to since is not in this answer: whoever comes back asks anew.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return query
}

/**
 * Runs a control of one device: reads what it shows, carries out what it is moved to, and goes back when that failed.
 * @param deviceId of a device that may be read
 */
export const useControl = (deviceId: string, plan: RunningPlan): ControlState => {
  const { read } = plan
  const client = useQueryClient()
  const asked = useAsked(deviceId, read)
  const { point, refused } = useReported(deviceId, read)
  /** What was set here last, until the device reports something newer. */
  const [own, setOwn] = useState<{ isOn: boolean; over: LivePoint | null | undefined } | null>(null)
  const send = useMutation({
    mutationFn: (isOn: boolean) => carryOut(deviceId, isOn ? plan.on : plan.off),
    onSuccess: (_, isOn) => setOwn({ isOn, over: point }),
    onMutate: () => client.cancelQueries({ queryKey: ['control', deviceId] }),
  })
  const isReported = read.kind === 'attribute' || read.kind === 'timeseries'
  const said = (): boolean | null => {
    if (own && (!isReported || own.over === point)) return own.isOn
    if (read.kind === 'none') return read.value
    if (read.kind === 'rpc') return asked.isSuccess ? read.isOn(asked.data) : null
    return point ? read.isOn(point[1]) : null
  }
  const isReading = read.kind === 'rpc' ? asked.isFetching : isReported && point === undefined && refused === null
  // Too late for an answer, but it did what it was told.
  const isDoneAfterAll = send.isError && isReported && said() === send.variables
  const failure = (isDoneAfterAll ? null : send.error) ?? (read.kind === 'rpc' && !own ? asked.error : null)
  return {
    // While it is under way the switch already stands where it is to go.
    isOn: send.isPending ? send.variables : said(),
    phase: send.isPending ? 'sending' : isReading ? 'reading' : 'ready',
    problem: refused !== null ? { kind: 'failed', reason: refused } : failure ? problemOf(failure) : null,
    set: send.mutate,
    ...(read.kind === 'rpc'
      ? {
          readAgain: () => {
            send.reset()
            setOwn(null)
            void asked.refetch()
          },
        }
      : {}),
  }
}
