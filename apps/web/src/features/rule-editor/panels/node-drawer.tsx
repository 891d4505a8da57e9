'use client'
import { Badge, Facts, IconButton } from '@thingwire/ui'
import { ArrowRight, TriangleAlert, X } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { ConflictDialog, EditActions, RefusedNote } from '@/components/edit-form-parts.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { useNodeCounters, WireFigure } from '../live/counters.tsx'
import type { ChainGraph, ChainNode } from '../canvas/graph.ts'
import type { NodeState } from './node-form.ts'
import { NodeIcon } from '../node-icon.tsx'
import { NodeSettings } from './node-settings.tsx'
import { useNodeEdit } from './use-node-edit.ts'

type Props = {
  node: ChainNode
  stored: NodeState
  ruleChainId: string
  graph: ChainGraph
  onSelect: (id: string) => void
  onClose: () => void
}

/** The selected node and its settings, beside the canvas on wide screens and over it on narrow ones. */
export const NodeDrawer = (p: Props) => {
  const t = useTranslations('ruleChain')
  const { node, onClose } = p
  const canEdit = useUser().authority === 'TENANT_ADMIN'
  const [showsAll, setShowsAll] = useState(false)
  const panel = useRef<HTMLFormElement>(null)
  const edit = useNodeEdit(p.stored, p.ruleChainId, () => {
    setShowsAll(true)
    // The complaints are only there after the next drawing.
    requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  })
  useEffect(() => {
    // A dialog in front of the drawer closes first.
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && onClose()
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <aside
      aria-label={t('details', { name: node.name })}
      className="flex w-full max-w-[460px] shrink-0 animate-slide-left flex-col border-l bg-surface max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-20 max-lg:shadow-pop max-sm:max-w-none"
    >
      <header className="flex items-start gap-3 border-b p-4">
        <NodeIcon node={node} />
        <div className="min-w-0 flex-1">
          <h2 className="text-base leading-5 font-semibold break-words">{node.name}</h2>
          <p className="text-xs text-ink-3">
            {node.typeName} · {t(`category.${node.category}`)}
          </p>
        </div>
        <IconButton label={t('closeDetails')} size="icon-sm" onClick={onClose} className="-mr-1">
          <X />
        </IconButton>
      </header>
      <form
        ref={panel}
        noValidate
        onSubmit={(event) => void edit.submit(event)}
        className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] content-start gap-5 overflow-y-auto p-4"
      >
        <Trouble node={node} />
        {node.description ? <p className="text-sm text-ink-2">{node.description}</p> : null}
        <Throughput nodeId={node.id} />
        <NodeSettings edit={edit} showsAll={showsAll} isReadOnly={!canEdit} />
        <Connections {...p} />
        <section>
          <h3 className="mb-2 text-xs font-medium text-ink-3">{t('className')}</h3>
          <p className="font-mono text-xs break-all text-ink-2">{node.className}</p>
        </section>
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden />
      </form>
      {canEdit ? (
        <footer className="border-t">
          <div className="flex justify-end gap-2 p-3">
            <EditActions edit={edit} />
          </div>
          <RefusedNote reason={edit.refused} />
          <ConflictDialog edit={edit} fieldName={(field) => t(`fields.${field}`)} />
        </footer>
      ) : null}
    </aside>
  )
}

const Trouble = ({ node }: { node: ChainNode }) => {
  const t = useTranslations('ruleChain')
  if (!node.trouble) return null
  return (
    <div className="flex gap-2.5 rounded-md bg-warn-soft p-3 text-xs text-warn-text">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <p>{node.trouble.kind === 'unknown' ? t('unknownNode') : t('needs', { part: node.trouble.part })}</p>
    </div>
  )
}

const Throughput = ({ nodeId }: { nodeId: string }) => {
  const t = useTranslations('ruleChain')
  const format = useFormatter()
  const counters = useNodeCounters(nodeId)
  if (!counters) return null
  return (
    <Facts
      items={[
        { term: t('processedTerm'), value: <span className="tabular-nums">{format.number(counters.processed)}</span> },
        {
          term: t('failedTerm'),
          value: (
            <span className={counters.failed > 0 ? 'text-danger-text tabular-nums' : 'tabular-nums'}>
              {format.number(counters.failed)}
            </span>
          ),
        },
        {
          term: t('rateTerm'),
          value: (
            <span className="tabular-nums">
              {t('perSecond', { rate: format.number(counters.perSecond, { maximumFractionDigits: 1 }) })}
            </span>
          ),
        },
      ]}
    />
  )
}

const Connections = ({ node, graph, onSelect }: Props) => {
  const t = useTranslations('ruleChain')
  const nameOf = (id: string) => graph.nodes.find((one) => one.id === id)?.name ?? id
  const outgoing = graph.edges.filter((edge) => edge.source === node.id)
  if (outgoing.length === 0) return <p className="text-xs text-ink-3">{t('endsHere')}</p>
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-ink-3">{t('connections')}</h3>
      <ul className="-mx-2">
        {outgoing.flatMap((edge) =>
          edge.labels.map((label) => (
            <li key={`${edge.id} ${label}`}>
              <button
                type="button"
                onClick={() => onSelect(edge.target)}
                className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover"
              >
                <Badge tone={label === 'Failure' ? 'danger' : 'neutral'}>{label}</Badge>
                <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-3" />
                <span className="min-w-0 flex-1 truncate">{nameOf(edge.target)}</span>
                <WireFigure fromNodeId={node.id} label={label} />
              </button>
            </li>
          )),
        )}
      </ul>
    </section>
  )
}
