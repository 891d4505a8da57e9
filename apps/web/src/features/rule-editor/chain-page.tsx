'use client'
import { useQuery } from '@tanstack/react-query'
import { Badge, Button, EmptyState, Skeleton, toast } from '@thingwire/ui'
import { Download, TriangleAlert, Workflow } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { type ChainMetadata, exportRuleChain, getRuleChain, getRuleChainMetadata } from '@/api/entities.ts'
import { saveJson } from '@/components/json-file.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { useLeave } from '@/shell/unsaved.tsx'
import { findManifest } from './catalogue.ts'
import { CountersProvider } from './counters.tsx'
import { type ChainGraph, toGraph } from './graph.ts'
import { NodeDrawer } from './node-drawer.tsx'
import { stateOf } from './node-form.ts'

// The flow library is only wanted here, and has nothing to say to a server.
const ChainCanvas = dynamic(async () => (await import('./chain-canvas.tsx')).ChainCanvas, {
  ssr: false,
  loading: () => <CanvasSkeleton />,
})

export const ChainPage = ({ id }: { id: string }) => {
  const t = useTranslations('ruleChains')
  const chain = useQuery({ queryKey: ['rule-chain', id], queryFn: ({ signal }) => getRuleChain(id, signal) })
  const metadata = useQuery({
    queryKey: ['rule-chain', id, 'metadata'],
    queryFn: ({ signal }) => getRuleChainMetadata(id, signal),
  })
  const graph = useMemo(() => (metadata.data ? toGraph(metadata.data, findManifest) : null), [metadata.data])
  const list = { label: t('title'), href: '/rule-chains' }
  const error = chain.error ?? metadata.error
  return (
    <Page
      fixed
      crumbs={[
        list,
        { label: chain.data?.name ?? (error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" />) },
      ]}
      documentTitle={chain.data?.name}
      actions={
        chain.data ? (
          <>
            {chain.data.root ? <Badge tone="accent">{t('root')}</Badge> : null}
            <ExportButton id={id} name={chain.data.name} />
          </>
        ) : null
      }
    >
      {graph && metadata.data && chain.data ? (
        <CountersProvider ruleChainId={id}>
          <ChainView graph={graph} metadata={metadata.data} ruleChainId={id} />
        </CountersProvider>
      ) : error ? (
        <LoadError
          error={error}
          back={list}
          retry={() => {
            void chain.refetch()
            void metadata.refetch()
          }}
        />
      ) : (
        <CanvasSkeleton />
      )}
    </Page>
  )
}

const ChainView = (p: { graph: ChainGraph; metadata: ChainMetadata; ruleChainId: string }) => {
  const { graph } = p
  const t = useTranslations('ruleChain')
  const [selectedId, setSelected] = useQueryState('node', parseAsString.withOptions({ history: 'replace' }))
  const leave = useLeave()
  const select = useCallback(
    // Another node takes the place of the form, so what is not saved would be lost.
    (id: string | null) => id !== selectedId && leave('page', () => void setSelected(id)),
    [leave, selectedId, setSelected],
  )
  const close = useCallback(() => select(null), [select])
  const selected = graph.nodes.find((node) => node.id === selectedId) ?? null
  const stored = selected && stateOf(p.metadata, selected.id)
  const troubled = graph.nodes.filter((node) => node.trouble).length
  if (graph.nodes.length === 0) {
    return (
      <EmptyState icon={<Workflow />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <div className="relative flex min-h-0 flex-1 overflow-hidden">
      <div className="relative min-w-0 flex-1">
        {troubled > 0 ? (
          <p className="pointer-events-none absolute top-3 left-1/2 z-10 flex -translate-x-1/2 items-center gap-2 rounded-full bg-warn-soft px-3 py-1 text-xs font-medium whitespace-nowrap text-warn-text shadow-card">
            <TriangleAlert aria-hidden className="size-3.5" />
            {t('troubled', { count: troubled })}
          </p>
        ) : null}
        <ChainCanvas graph={graph} selectedId={selectedId} onSelect={select} />
      </div>
      {selected && stored ? (
        <NodeDrawer
          key={selected.id}
          node={selected}
          stored={stored}
          ruleChainId={p.ruleChainId}
          graph={graph}
          onSelect={select}
          onClose={close}
        />
      ) : null}
    </div>
  )
}

const ExportButton = ({ id, name }: { id: string; name: string }) => {
  const t = useTranslations('ruleChains')
  const run = async () => {
    try {
      saveJson(name, await exportRuleChain(id))
    } catch (error) {
      toast.failed(t('exportFailed'), error instanceof Error ? error.message : '')
    }
  }
  return (
    <Button onClick={() => void run()}>
      <Download />
      <span className="max-sm:sr-only">{t('export')}</span>
    </Button>
  )
}

const CanvasSkeleton = () => (
  <div aria-busy className="flex flex-1 items-center justify-center gap-16 p-10">
    {[['a'], ['b', 'c'], ['d', 'e', 'f']].map((column) => (
      <div key={column.join('')} className="grid gap-8">
        {column.map((box) => (
          <Skeleton key={box} className="h-14 w-52 rounded-lg" />
        ))}
      </div>
    ))}
  </div>
)
