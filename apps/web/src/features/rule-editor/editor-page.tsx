'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { getRuleChain, type RuleChainView } from '@/api/rule-chains.ts'
import { useUser } from '@/session/session-provider.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { useVia } from './canvas/use-via.ts'
import { type CanvasCode, EditorLayout, loadCanvas } from './editor-layout.tsx'
import { EditorToolbar } from './editor-toolbar.tsx'
import { LiveChainProvider } from './live/live-chain.tsx'
import { useAutosave } from '../drafts/use-autosave.ts'
import { chainDrafts } from './model/drafts.ts'
import { openChain, type OpenedChain } from './store/chain-drafts.ts'
import { createDraftServer } from './store/draft-server.ts'
import { SavingProvider } from './store/use-saving.ts'
import { EditorStore } from './store/editor-store.ts'
import { EditorProvider } from './store/use-editor.ts'
import { useScriptErrors } from './scripts/use-script-errors.ts'
import { useReferences } from './store/use-problems.ts'

// Code and chain come at the same time. Who draws it asks again, and says what went wrong.
if (typeof window !== 'undefined') loadCanvas().catch(() => {})

/** A rule chain to look at, edit, watch, test and publish. */
export const EditorPage = ({ id }: { id: string }) => {
  const t = useTranslations('ruleChains')
  const user = useUser()
  const client = useQueryClient()
  const asked = { queryKey: ['rule-chain', id], queryFn: () => getRuleChain(id) }
  const chain = useQuery(asked)
  // Read once, when the page is opened: from then on the store has it, and saving brings in what others do.
  const opened = useQuery({
    queryKey: ['rule-chain', id, 'opened'],
    // With the code that draws it: a boundary that waits for it alone would be shown for 0.3 s at least.
    queryFn: async () => {
      // Asked once for both.
      const chain = () => client.fetchQuery({ ...asked, staleTime: 0 })
      const [opened, canvas] = await Promise.all([openChain(id, user.id.id, chain), loadCanvas()])
      return { opened, canvas }
    },
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 0,
  })
  const list = { label: t('title'), href: '/rule-chains' }
  const error = chain.data ? opened.error : (chain.error ?? opened.error)
  if (chain.data && opened.data) return <OpenChain chain={chain.data} {...opened.data} />
  return (
    <Page fixed crumbs={[list, { label: error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" /> }]}>
      {error ? (
        <LoadError
          error={error}
          back={list}
          retry={() => {
            void chain.refetch()
            void opened.refetch()
          }}
        />
      ) : (
        <CanvasSkeleton />
      )}
    </Page>
  )
}

type Opened = { chain: RuleChainView; opened: OpenedChain; canvas: CanvasCode }

const OpenChain = ({ chain, opened, canvas }: Opened) => {
  const t = useTranslations('ruleChains')
  const client = useQueryClient()
  const ruleChainId = chain.id.id
  const [store] = useState(() => openStore(opened))
  const via = useVia()
  const [edited] = useState(() => ({ entityType: 'RULE_CHAIN' as const, id: ruleChainId }))
  const [server] = useState(() => createDraftServer(ruleChainId))
  const saving = useAutosave({ edited, store, model: chainDrafts, server, opened })
  const version = useSyncExternalStore(
    store.subscribe,
    () => store.get().version,
    () => opened.server.version,
  )
  useEffect(() => {
    // Its name may be another, too.
    if (version !== opened.server.version)
      void client.invalidateQueries({ queryKey: ['rule-chain', ruleChainId], exact: true })
  }, [version, opened, client, ruleChainId])
  return (
    <EditorProvider value={store}>
      <SavingProvider value={saving}>
        <LiveChainProvider ruleChainId={ruleChainId}>
          <References />
          <Page
            fixed
            crumbs={[{ label: t('title'), href: '/rule-chains' }, ...via, { label: chain.name }]}
            documentTitle={chain.name}
            actions={<EditorToolbar chain={chain} />}
          >
            <EditorLayout chain={chain} canvas={canvas} />
          </Page>
        </LiveChainProvider>
      </SavingProvider>
    </EditorProvider>
  )
}

/** Looked up here, below the store. */
const References = () => {
  useReferences()
  useScriptErrors()
  return null
}

const openStore = ({ server: { published, version, draft } }: OpenedChain): EditorStore =>
  new EditorStore({
    document: draft?.document ?? published,
    published,
    version,
    revision: draft?.revision ?? null,
    isReadOnly: false,
  })

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
