'use client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EventFilter } from '@thingwire/contracts'
import { Badge, Button, cn, Dialog, EmptyState, Field, Input, Select, Skeleton, toast } from '@thingwire/ui'
import { Bug, ChevronLeft, ChevronRight, SlidersHorizontal, Trash2 } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { clearEvents, type EventView, listEvents } from '@/api/events.ts'
import { SwitchRow } from '@/components/switch-row.tsx'
import { useUser } from '@/session/session-provider.tsx'
import type { PanelProps } from '../../bottom-panel.tsx'
import { useEditor } from '../../store/use-editor.ts'
import { excerptOf, Payload } from '../../testing/payload.tsx'
import { filterOf, kindsOfEvents, type Wanted } from './event-filter.ts'
import { textOf } from './event-text.ts'

const pageSize = 50
const refreshMs = 5_000
const windows = [15, 60, 24 * 60, 7 * 24 * 60] as const

/** What was kept of the work of a node, or of the chain: messages of debugging, failures, starts and stops, counts. */
export const EventsPanel = (_: PanelProps) => {
  const t = useTranslations('chainLive')
  const user = useUser()
  const nodes = useEditor(({ published }) => published.nodes)
  const selected = useEditor(({ selection }) => [...selection.nodes][0])
  const order = useEditor(({ published }) => published.order)
  const [wanted, setWanted] = useState<Wanted>({ kind: 'DEBUG_RULE_NODE', text: '', errorsOnly: false, direction: '' })
  const [minutes, setMinutes] = useState<number>(60)
  const [page, setPage] = useState(0)
  // On a phone the events come first, and what narrows them when it is asked for.
  const [isNarrowing, setNarrowing] = useState(false)
  const [picked, pick] = useState<string | null>(null)
  // What is chosen on the canvas is meant, until somebody names another node here.
  const nodeId = picked ?? (selected !== undefined && nodes[selected] ? selected : (order[0] ?? null))
  const filter = useDeferredValue(filterOf(wanted))
  const events = useQuery({
    queryKey: ['rule-node', nodeId, 'events', filter, minutes, page],
    queryFn: ({ signal }) =>
      listEvents(
        { entityType: 'RULE_NODE', id: nodeId ?? '' },
        {
          ...{ page, pageSize, sortProperty: 'createdTime', sortOrder: 'DESC' },
          ...{ tenantId: user.tenantId.id, startTime: Date.now() - minutes * 60_000 },
        },
        filter,
        signal,
      ),
    enabled: nodeId !== null,
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  })
  const change = (part: Partial<Wanted>) => {
    setWanted((known) => ({ ...known, ...part }))
    setPage(0)
  }
  if (nodeId === null)
    return (
      <EmptyState icon={<Bug />} title={t('events.noNodes')}>
        {t('messages.notPublished')}
      </EmptyState>
    )
  return (
    <div className="flex h-full min-h-0 flex-col max-sm:overflow-y-auto">
      <div className="flex flex-wrap items-end gap-2 border-b px-4 py-2 max-sm:grid max-sm:grid-cols-2">
        <Field label={t('events.node')}>
          <Select className="w-44 max-sm:w-full" value={nodeId} onChange={({ target }) => pick(target.value)}>
            {order.map((id) => (
              <option key={id} value={id}>
                {nodes[id]?.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('events.kind')}>
          <Select
            className="w-36 max-sm:w-full"
            value={wanted.kind}
            onChange={({ target }) =>
              change({ kind: kindsOfEvents.find((kind) => kind === target.value) ?? 'DEBUG_RULE_NODE' })
            }
          >
            {kindsOfEvents.map((kind) => (
              <option key={kind} value={kind}>
                {t(`events.kinds.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        <div className={cn('contents', !isNarrowing && 'max-sm:hidden')}>
          <Field label={t('events.window')}>
            <Select
              className="w-32 max-sm:w-full"
              value={String(minutes)}
              onChange={({ target }) => setMinutes(Number(target.value))}
            >
              {windows.map((value) => (
                <option key={value} value={String(value)}>
                  {t('events.last', { minutes: value })}
                </option>
              ))}
            </Select>
          </Field>
          <DebugFilters wanted={wanted} onChange={change} />
        </div>
        <div className="ml-auto flex items-center gap-1 max-sm:col-span-2 max-sm:w-full max-sm:justify-end">
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={isNarrowing}
            onClick={() => setNarrowing(!isNarrowing)}
            className="mr-auto -ml-2.5 sm:hidden"
          >
            <SlidersHorizontal />
            {t('events.filters')}
          </Button>
          <Pager
            page={page}
            hasNext={events.data?.hasNext ?? false}
            total={events.data?.totalElements}
            onPage={setPage}
          />
          <Clear nodeId={nodeId} filter={filter} />
        </div>
      </div>
      <div className="min-h-0 flex-1 sm:overflow-y-auto">
        <EventRows events={events.data?.data} error={events.error} />
      </div>
    </div>
  )
}

const DebugFilters = ({ wanted, onChange }: { wanted: Wanted; onChange: (part: Partial<Wanted>) => void }) => {
  const t = useTranslations('chainLive')
  if (wanted.kind !== 'DEBUG_RULE_NODE') return null
  return (
    <>
      <Field label={t('events.direction')}>
        <Select
          className="w-24 max-sm:w-full"
          value={wanted.direction}
          onChange={({ target }) =>
            onChange({ direction: target.value === 'IN' || target.value === 'OUT' ? target.value : '' })
          }
        >
          <option value="">{t('events.both')}</option>
          <option value="IN">{t('events.IN')}</option>
          <option value="OUT">{t('events.OUT')}</option>
        </Select>
      </Field>
      <Field label={t('events.text')}>
        <Input
          className="w-40 max-sm:w-full"
          value={wanted.text}
          onChange={({ target }) => onChange({ text: target.value })}
        />
      </Field>
      <SwitchRow
        label={t('events.errorsOnly')}
        checked={wanted.errorsOnly}
        onChange={(errorsOnly) => onChange({ errorsOnly })}
      />
    </>
  )
}

const Pager = (p: { page: number; hasNext: boolean; total: number | undefined; onPage: (page: number) => void }) => {
  const t = useTranslations('chainLive')
  return (
    <>
      {p.total === undefined ? null : (
        <span className="text-xs text-ink-3 tabular-nums">{t('events.total', { count: p.total })}</span>
      )}
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t('events.newer')}
        disabled={p.page === 0}
        onClick={() => p.onPage(p.page - 1)}
      >
        <ChevronLeft />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t('events.older')}
        disabled={!p.hasNext}
        onClick={() => p.onPage(p.page + 1)}
      >
        <ChevronRight />
      </Button>
    </>
  )
}

const Clear = ({ nodeId, filter }: { nodeId: string; filter: EventFilter }) => {
  const t = useTranslations('chainLive')
  const common = useTranslations('common')
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const clear = useMutation({
    mutationFn: () => clearEvents({ entityType: 'RULE_NODE', id: nodeId }, filter),
    onSuccess: async () => {
      setOpen(false)
      await client.invalidateQueries({ queryKey: ['rule-node', nodeId, 'events'] })
    },
    onError: (error) => toast.failed(t('events.notCleared'), error.message),
  })
  return (
    <>
      <Button variant="ghost" size="icon-sm" aria-label={t('events.clear')} onClick={() => setOpen(true)}>
        <Trash2 />
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('events.clearTitle')}
        description={t('events.clearText')}
        closeLabel={common('close')}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{common('cancel')}</Button>
            <Button variant="danger" disabled={clear.isPending} onClick={() => clear.mutate()}>
              {t('events.clear')}
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </>
  )
}

const EventRows = ({ events, error }: { events: EventView[] | undefined; error: Error | null }) => {
  const t = useTranslations('chainLive')
  if (error)
    return (
      <p role="alert" className="p-4 text-sm text-danger-text">
        {error.message}
      </p>
    )
  if (!events) return <Skeleton className="m-4 h-16" />
  if (events.length === 0)
    return (
      <EmptyState icon={<Bug />} title={t('events.none')} className="py-8">
        {t('events.noneText')}
      </EmptyState>
    )
  return (
    <ul aria-label={t('events.list')}>
      {events.map((event) => (
        <EventRow key={event.id.id} event={event} />
      ))}
    </ul>
  )
}

const EventRow = ({ event }: { event: EventView }) => {
  const t = useTranslations('chainLive')
  const format = useFormatter()
  const { way, connection, kind, line, error, data, metadata } = textOf(event)
  return (
    <li className="border-b">
      <details>
        <summary className="flex min-h-8 cursor-default list-none items-center gap-2.5 px-4 py-1 text-xs hover:bg-hover max-sm:flex-wrap max-sm:gap-y-0.5 max-sm:py-2 pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
          <span className="shrink-0 text-ink-3 tabular-nums">
            {format.dateTime(event.createdTime, { timeStyle: 'medium', dateStyle: 'short' })}
          </span>
          {way === null ? null : <Badge tone={way === 'IN' ? 'neutral' : 'accent'}>{t(`events.${way}`)}</Badge>}
          {connection === '' ? null : <Badge tone={error === '' ? 'neutral' : 'danger'}>{connection}</Badge>}
          <span className="max-w-48 shrink-0 truncate text-ink-2 max-sm:max-w-none max-sm:min-w-0 max-sm:flex-1 max-sm:shrink">
            {kind}
          </span>
          <span className="min-w-0 flex-1 truncate font-mono text-ink max-sm:basis-full">{excerptOf(line)}</span>
          {error === '' ? null : (
            <span className="max-w-[40%] truncate text-danger-text max-sm:max-w-none max-sm:basis-full">
              {excerptOf(error)}
            </span>
          )}
        </summary>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-3 lg:grid-cols-2">
          {error === '' ? null : (
            <p className="rounded-md bg-danger-soft px-2.5 py-1.5 text-xs break-words whitespace-pre-wrap text-danger-text lg:col-span-2">
              {error}
            </p>
          )}
          {data === '' ? null : <Payload text={data} label={t('messages.data')} />}
          {metadata === '' ? null : <Payload text={metadata} label={t('messages.metadata')} />}
        </div>
      </details>
    </li>
  )
}
