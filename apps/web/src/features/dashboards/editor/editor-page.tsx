'use client'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useUser } from '@/session/session-provider.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { useAutosave } from '../../drafts/use-autosave.ts'
import { Board } from '../board/board.tsx'
import type { BoardEditing } from '../board/editing.ts'
import { ChoosingBar } from './canvas/choosing-bar.tsx'
import { ListCover } from './canvas/cover.tsx'
import { EditGrid } from './canvas/edit-grid.tsx'
import { EditBar } from './edit-bar.tsx'
import { EditorActions } from './editor-actions.tsx'
import { Managers } from './managers/managers.tsx'
import { EditorSide } from './side/editor-side.tsx'
import { dashboardDrafts } from './store/documents.ts'
import { createDraftServer, type OpenedDashboard, openDashboard } from './store/draft-server.ts'
import { EditorStore } from './store/editor-store.ts'
import { createDraftReader } from './store/read-draft.ts'
import { EditorProvider, useConfiguration, useEditor, useOpenEditor } from './store/use-editor.ts'
import { ContainerTools } from './structure/container-tools.tsx'
import { SizeFrame } from './structure/size-frame.tsx'
import { widthOf } from './structure/sizes.ts'
import { useEditorKeys } from './use-editor-keys.ts'

/** A dashboard to be edited: its draft is saved by itself, and seen by others once it is published. */
export const DashboardEditorPage = ({ id }: { id: string }) => {
  const t = useTranslations('dashboards')
  const user = useUser()
  // Read once, when the page is opened: from then on the store has it, and saving brings in what others do.
  const opened = useQuery({
    queryKey: ['dashboard', id, 'opened'],
    queryFn: () => openDashboard(id, user.id.id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const list = { label: t('title'), href: '/dashboards' }
  if (opened.data) return <OpenDashboard id={id} opened={opened.data} />
  return (
    <Page
      fixed
      crumbs={[list, { label: opened.error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" /> }]}
    >
      {opened.error ? (
        <LoadError error={opened.error} back={list} retry={() => void opened.refetch()} />
      ) : (
        <div aria-busy className="p-4">
          <Skeleton className="h-80 rounded-lg" />
        </div>
      )}
    </Page>
  )
}

const OpenDashboard = ({ id, opened }: { id: string; opened: OpenedDashboard }) => {
  const [parts] = useState(() => ({
    store: storeOf(opened),
    server: createDraftServer(id),
    edited: { entityType: 'DASHBOARD' as const, id },
  }))
  const saving = useAutosave({ ...parts, model: dashboardDrafts, opened })
  const editor = useMemo(() => ({ store: parts.store, saving, dashboardId: id }), [parts, saving, id])
  return (
    <EditorProvider value={editor}>
      <EditedBoard />
    </EditorProvider>
  )
}

const storeOf = ({ server: { published, version, draft } }: OpenedDashboard): EditorStore =>
  new EditorStore({
    document: draft?.document ?? published,
    published,
    version,
    revision: draft?.revision ?? null,
    isReadOnly: false,
  })

const parts = {
  Grid: EditGrid,
  Cover: ListCover,
  actions: <EditorActions />,
  bar: (
    <>
      <EditBar />
      <ChoosingBar />
      <Managers />
    </>
  ),
  side: <EditorSide />,
  Frame: SizeFrame,
  ContainerTools,
}

const useEditing = (): BoardEditing => {
  const size = useEditor((state) => state.size)
  return useMemo(() => ({ ...parts, width: widthOf(size), ignoresWidths: size === 'default' }), [size])
}

const EditedBoard = () => {
  const t = useTranslations('dashboards')
  const { dashboardId } = useOpenEditor()
  const configuration = useConfiguration()
  const title = useEditor((state) => state.history.present.title)
  const [read] = useState(createDraftReader)
  const editing = useEditing()
  useEditorKeys()
  return (
    <Board
      dashboardId={dashboardId}
      title={title}
      document={read(configuration)}
      crumbs={[{ label: t('title'), href: '/dashboards' }]}
      editing={editing}
    />
  )
}
