'use client'
import { Badge, Button, cn, EmptyState } from '@thingwire/ui'
import { ArrowRight, Hourglass, SquareArrowOutUpRight } from 'lucide-react'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { useRef } from 'react'
import type { TracePathView } from '@/api/rule-debug.ts'
import { useEditorStore } from '../../store/use-editor.ts'
import { Payload } from '../../testing/payload.tsx'

type Hop = TracePathView['hops'][number]
type Props = { trace: TracePathView; ruleChainId: string; hop: number | null; onHop: (hop: number) => void }

/** The steps of a traced message in their order; the arrow keys walk along them, and the canvas follows. */
export const HopList = ({ trace, ruleChainId, hop, onHop }: Props) => {
  const t = useTranslations('chainLive')
  const store = useEditorStore()
  const list = useRef<HTMLOListElement>(null)
  const { hops, state, leftOut } = trace
  if (hops.length === 0)
    return (
      <EmptyState icon={<Hourglass />} title={t(state === 'WAITING' ? 'trace.waiting' : 'trace.expired')}>
        {t(state === 'WAITING' ? 'trace.waitingText' : 'trace.expiredText')}
      </EmptyState>
    )
  const look = (next: number) => {
    const found = hops[next - 1]
    if (!found) return
    onHop(next)
    if (found.chain.id === ruleChainId && store.document.nodes[found.node.id]) store.reveal(found.node.id)
    list.current?.querySelector<HTMLElement>(`[data-hop="${next}"]`)?.focus()
  }
  return (
    <>
      <ol
        ref={list}
        aria-label={t('trace.steps')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          look((hop ?? 0) + (event.key === 'ArrowDown' ? 1 : -1))
        }}
      >
        {hops.map((one, index) => (
          <HopRow
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no id; later ones come behind
            key={index}
            hop={one}
            number={index + 1}
            isOpen={hop === index + 1}
            isHere={one.chain.id === ruleChainId}
            traceId={trace.id}
            onOpen={() => look(index + 1)}
          />
        ))}
      </ol>
      {leftOut > 0 ? (
        <p className="px-4 py-2 text-xs text-warn-text">{t('trace.leftOut', { count: leftOut })}</p>
      ) : null}
    </>
  )
}

/** A message that leaves by no label has come to its end, or goes into a chain that is called. */
const withoutLabel = ({ onward }: Hop['departures'][number]) => (onward.length > 0 ? 'called' : 'ends')

const HopRow = (p: {
  hop: Hop
  number: number
  isOpen: boolean
  isHere: boolean
  traceId: string
  onOpen: () => void
}) => {
  const t = useTranslations('chainLive')
  const format = useFormatter()
  const { hop } = p
  const failed = hop.departures.find(({ error }) => error !== null)
  const ways = hop.departures
    .map((departure) => departure.connection ?? t(`trace.${withoutLabel(departure)}`))
    .join(', ')
  return (
    <li className={cn('border-b', p.isOpen && 'bg-sunken')}>
      <button
        type="button"
        data-hop={p.number}
        aria-expanded={p.isOpen}
        onClick={p.onOpen}
        className="flex w-full items-center gap-2.5 px-4 py-1.5 text-left text-sm hover:bg-hover pointer-coarse:min-h-10"
      >
        <span className="w-6 shrink-0 text-right text-xs text-ink-3 tabular-nums">{p.number}</span>
        <span className="min-w-0 truncate font-medium">{hop.node.name}</span>
        <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        <Badge tone={failed ? 'danger' : 'neutral'}>{ways || t('trace.ends')}</Badge>
        {p.isHere ? null : <span className="min-w-0 truncate text-xs text-ink-3">{hop.chain.name}</span>}
        <span className="ml-auto text-xs whitespace-nowrap text-ink-3 tabular-nums">
          {t('trace.elapsed', { time: format.number(hop.elapsedMs, { maximumFractionDigits: 2 }) })}
        </span>
      </button>
      {p.isOpen ? <HopDetails {...p} /> : null}
    </li>
  )
}

const HopDetails = ({ hop, isHere, number, traceId }: Parameters<typeof HopRow>[0]) => {
  const t = useTranslations('chainLive')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-3 pl-12">
      {isHere ? null : (
        <Button asChild size="sm" className="justify-self-start">
          <Link href={`/rule-chains/${hop.chain.id}?panel=trace&trace=${traceId}&hop=${number}`}>
            <SquareArrowOutUpRight />
            {t('trace.openChain', { name: hop.chain.name })}
          </Link>
        </Button>
      )}
      <div className="grid gap-2 lg:grid-cols-2">
        <Payload text={hop.message.data} label={t('messages.data')} />
        <Payload text={JSON.stringify(hop.message.metadata)} label={t('messages.metadata')} />
      </div>
      {hop.departures.map((departure, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: departures have no id, and never change
        <Departure key={index} departure={departure} />
      ))}
    </div>
  )
}

const Departure = ({ departure }: { departure: Hop['departures'][number] }) => {
  const t = useTranslations('chainLive')
  const { connection, error, changes, queueName } = departure
  return (
    <section className="grid gap-1.5 text-xs">
      <h4 className="flex items-center gap-2 text-ink-2">
        <ArrowRight aria-hidden className="size-3 text-ink-3" />
        {connection ?? t(`trace.${withoutLabel(departure)}`)}
        {queueName === undefined ? null : <span className="text-ink-3">{t('trace.queue', { name: queueName })}</span>}
      </h4>
      {error === null ? null : (
        <p className="rounded-md bg-danger-soft px-2.5 py-1.5 break-words whitespace-pre-wrap text-danger-text">
          {error}
        </p>
      )}
      {changes.length === 0 ? (
        <p className="text-ink-3">{t('trace.unchanged')}</p>
      ) : (
        <dl className="grid gap-1">
          {changes.map(({ path, before, after }) => (
            <div key={path.join('.')} className="flex flex-wrap items-baseline gap-2 font-mono">
              <dt className="text-ink-3">{path.join('.')}</dt>
              <dd className="flex flex-wrap gap-1.5">
                {before === undefined ? null : (
                  <del className="rounded-sm bg-danger-soft px-1 text-ink">{JSON.stringify(before)}</del>
                )}
                {after === undefined ? null : (
                  <ins className="rounded-sm bg-ok-soft px-1 text-ink no-underline">{JSON.stringify(after)}</ins>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
