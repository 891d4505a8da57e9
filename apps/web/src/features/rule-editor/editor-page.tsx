'use client'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type ChainMetadata, getRuleChain, getRuleChainMetadata, type RuleChainView } from '@/api/entities.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { EditorLayout } from './editor-layout.tsx'
import { EditorToolbar } from './editor-toolbar.tsx'
import { LiveChainProvider } from './live/live-chain.tsx'
import { toDocument } from './model/document.ts'
import { EditorStore } from './store/editor-store.ts'
import { EditorProvider } from './store/use-editor.ts'

/** A rule chain to look at, edit, watch, test and publish. */
export const EditorPage = ({ id }: { id: string }) => {
  const t = useTranslations('ruleChains')
  const chain = useQuery({ queryKey: ['rule-chain', id], queryFn: ({ signal }) => getRuleChain(id, signal) })
  const metadata = useQuery({
    queryKey: ['rule-chain', id, 'metadata'],
    queryFn: ({ signal }) => getRuleChainMetadata(id, signal),
  })
  const list = { label: t('title'), href: '/rule-chains' }
  const error = chain.error ?? metadata.error
  if (chain.data && metadata.data) return <OpenChain chain={chain.data} metadata={metadata.data} />
  return (
    <Page fixed crumbs={[list, { label: error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" /> }]}>
      {error ? (
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

const OpenChain = ({ chain, metadata }: { chain: RuleChainView; metadata: ChainMetadata }) => {
  const t = useTranslations('ruleChains')
  const [store] = useState(() => openStore(metadata))
  return (
    <EditorProvider value={store}>
      <LiveChainProvider ruleChainId={chain.id.id}>
        <Page
          fixed
          crumbs={[{ label: t('title'), href: '/rule-chains' }, { label: chain.name }]}
          documentTitle={chain.name}
          actions={<EditorToolbar chain={chain} />}
        >
          <EditorLayout chain={chain} />
        </Page>
      </LiveChainProvider>
    </EditorProvider>
  )
}

const openStore = (metadata: ChainMetadata): EditorStore => {
  const published = toDocument(
    {
      metadata: {
        ...metadata,
        firstNodeIndex: metadata.firstNodeIndex ?? null,
        nodes: metadata.nodes,
        connections: metadata.connections,
      },
      tests: [],
    },
    () => crypto.randomUUID(),
  )
  return new EditorStore({
    document: published,
    published,
    version: metadata.version ?? 0,
    revision: null,
    isReadOnly: false,
  })
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
