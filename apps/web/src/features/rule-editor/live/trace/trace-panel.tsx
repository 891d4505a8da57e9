'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EntityId } from '@thingwire/contracts'
import { Badge, Button, cn, EmptyState, Skeleton, toast } from '@thingwire/ui'
import { Route, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { getDevice } from '@/api/entities.ts'
import { ApiError } from '@/api/http.ts'
import { beginTrace, deleteTrace, listTraces, type TraceView } from '@/api/rule-debug.ts'
import { Age } from '@/components/age.tsx'
import type { PanelProps } from '../../bottom-panel.tsx'
import { DevicePicker } from '../../testing/device-picker.tsx'
import { useLiveChain } from '../live-chain.tsx'
import { HopList } from './hop-list.tsx'
import { marksOf } from './trace-path.ts'
import { traceWaitMs } from './trace-wait.ts'
import { useTrace, useTraceHop, useTraceId } from './use-trace.ts'

/** Follows one message from node to node, also through chains that are called and through queues. */
export const TracePanel = ({ chain }: PanelProps) => {
  const t = useTranslations('chainLive')
  const [traceId, setTraceId] = useTraceId()
  const [hop, setHop] = useTraceHop()
  const trace = useTrace(traceId)
  const { trace: marks } = useLiveChain()
  const hops = trace.data?.hops
  useEffect(() => {
    marks.show(marksOf(hops ?? [], chain.id.id, hop ?? 0))
  }, [marks, hops, hop, chain.id.id])
  // The light goes out with the panel.
  useEffect(() => () => marks.show({ nodes: new Map(), wires: new Map() }), [marks])
  const choose = (id: string | null) => {
    void setTraceId(id)
    void setHop(null)
  }
  return (
    <div className="h-full min-h-0 max-md:overflow-y-auto md:grid md:grid-cols-[20rem_minmax(0,1fr)]">
      <div className="flex min-h-0 flex-col max-md:border-b md:border-r">
        <Begin onBegun={choose} />
        <Traces chosen={traceId} onChoose={choose} />
      </div>
      <div className="min-h-0 md:overflow-y-auto">
        {traceId === null ? (
          <EmptyState icon={<Route />} title={t('trace.none')}>
            {t('trace.noneText')}
          </EmptyState>
        ) : trace.error ? (
          <EmptyState icon={<Route />} title={t('trace.gone')}>
            {trace.error.message}
          </EmptyState>
        ) : trace.data ? (
          <HopList trace={trace.data} ruleChainId={chain.id.id} hop={hop} onHop={(next) => void setHop(next)} />
        ) : (
          <Skeleton className="m-4 h-16" />
        )}
      </div>
    </div>
  )
}

const Begin = ({ onBegun }: { onBegun: (id: string) => void }) => {
  const t = useTranslations('chainLive')
  const client = useQueryClient()
  const [device, setDevice] = useState<EntityId | null>(null)
  const begin = useMutation({
    mutationFn: (entityId: EntityId) => beginTrace(entityId, traceWaitMs),
    onSuccess: async ({ id }) => {
      onBegun(id)
      await client.invalidateQueries({ queryKey: ['traces'] })
    },
    onError: (error) => toast.failed(t('trace.refused'), error.message),
  })
  return (
    <div className="grid gap-2 border-b p-3">
      <DevicePicker
        label={t('trace.device')}
        value={device?.id ?? null}
        onChange={(chosen) => setDevice(chosen?.id ?? null)}
      />
      <Button
        variant="primary"
        disabled={device === null || begin.isPending}
        onClick={() => device && begin.mutate(device)}
      >
        <Route />
        {t('trace.follow')}
      </Button>
    </div>
  )
}

const Traces = ({ chosen, onChoose }: { chosen: string | null; onChoose: (id: string | null) => void }) => {
  const t = useTranslations('chainLive')
  const client = useQueryClient()
  const traces = useQuery({ queryKey: ['traces'], queryFn: ({ signal }) => listTraces(signal), refetchInterval: 3_000 })
  const remove = useMutation({
    mutationFn: (id: string) => deleteTrace(id),
    onSuccess: async (_, id) => {
      if (id === chosen) onChoose(null)
      await client.invalidateQueries({ queryKey: ['traces'] })
    },
    onError: (error) => toast.failed(t('trace.notForgotten'), error.message),
  })
  return (
    <ul
      aria-label={t('trace.list')}
      className={cn('min-h-0 flex-1 overflow-y-auto max-md:max-h-44', chosen !== null && 'max-sm:max-h-24')}
    >
      {traces.data?.map((one) => (
        <li key={one.id} className={cn('flex items-center border-b', one.id === chosen && 'bg-hover')}>
          <button
            type="button"
            aria-pressed={one.id === chosen}
            onClick={() => onChoose(one.id)}
            className="flex min-w-0 flex-1 items-center gap-2 px-3 py-2 text-left text-sm hover:bg-hover pointer-coarse:min-h-10"
          >
            <TraceName trace={one} />
          </button>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t('trace.forget')}
            title={t('trace.forget')}
            onClick={() => remove.mutate(one.id)}
          >
            <Trash2 />
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Null for who is no device, and as long as it is not known; `gone` for one that is not there any more. */
const useDeviceName = (originator: EntityId, gone: string): string | null => {
  const deviceId = originator.entityType === 'DEVICE' ? originator.id : null
  const { data, error } = useQuery({
    queryKey: ['device', deviceId, 'name'],
    queryFn: async ({ signal }) => (deviceId === null ? null : (await getDevice(deviceId, signal)).name),
    enabled: deviceId !== null,
    staleTime: 300_000,
    retry: false,
  })
  return error instanceof ApiError && error.status === 404 ? gone : (data ?? null)
}

const tones = { WAITING: 'accent', EXPIRED: 'neutral', STARTED: 'ok' } as const

const TraceName = ({ trace }: { trace: TraceView }) => {
  const t = useTranslations('chainLive')
  const name = useDeviceName(trace.entityId, t('trace.deviceGone'))
  return (
    <>
      <Badge tone={tones[trace.state]}>{t(`trace.states.${trace.state}`)}</Badge>
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <Age ts={trace.createdTime} className="shrink-0 text-xs text-ink-3 tabular-nums" />
    </>
  )
}
