'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, cn, Popover, toast } from '@thingwire/ui'
import { Bookmark, BookmarkCheck, RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import { deleteOverlay, saveOverlay } from '@/api/dashboard-library.ts'
import { useBoard, useWholeDocument } from '../board/board-context.ts'
import type { BoardUrl } from '../board/use-board-url.ts'
import { differingParts, type OwnView, sharedView, writeOverlay } from './own-view.ts'

/** Shows that somebody sees the dashboard their own way, and lets them keep that way or leave it. */
export const OwnViewButton = ({ url }: { url: BoardUrl }) => {
  const t = useTranslations('dashboardOverlay')
  const document = useWholeDocument()
  const { own } = useBoard()
  const [isOpen, setOpen] = useState(false)
  const view = useView(url)
  if (!own) return null
  const isKept = differingParts(own.kept, sharedView, document).length > 0
  const changed = differingParts(view, own.kept, document)
  if (!isKept && changed.length === 0) return null
  return (
    <Popover
      label={t('title')}
      open={isOpen}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <Button
          aria-label={t(isKept ? 'mine' : 'offer')}
          className={cn(isKept && 'border-accent bg-accent-soft text-accent-text hover:bg-accent-soft')}
        >
          {isKept && changed.length === 0 ? <BookmarkCheck /> : <Bookmark />}
          <span className="max-md:sr-only">{t(isKept ? 'mine' : 'offer')}</span>
          {isKept && changed.length > 0 ? <span aria-hidden className="size-1.5 rounded-full bg-accent" /> : null}
        </Button>
      }
    >
      <OwnViewChoices
        url={url}
        view={view}
        isKept={isKept}
        isChanged={changed.length > 0}
        close={() => setOpen(false)}
      />
    </Popover>
  )
}

/** What is seen now, with everything that was changed since the page was opened. */
const useView = (url: BoardUrl): OwnView => {
  const { wholeWindow, viewerSettings } = useBoard()
  const widgets = useSyncExternalStore(viewerSettings.listen, viewerSettings.get, viewerSettings.get)
  return { window: wholeWindow, filters: url.filterValues, widgets }
}

type ChoiceProps = { url: BoardUrl; view: OwnView; isKept: boolean; isChanged: boolean; close: () => void }

const OwnViewChoices = ({ url, view, isKept, isChanged, close }: ChoiceProps) => {
  const t = useTranslations('dashboardOverlay')
  const document = useWholeDocument()
  const { dashboardId, viewerSettings } = useBoard()
  const client = useQueryClient()
  const parts = differingParts(view, sharedView, document)
  const settle = (overlay: ReturnType<typeof writeOverlay> | null) => {
    client.setQueryData(['dashboard', dashboardId, 'overlay'], overlay)
    // What is kept is where the page begins now, so the address needs not say it.
    url.forgetView()
    close()
  }
  const onError = (error: Error) => toast.failed(t('failed'), error.message)
  const keep = useMutation({
    mutationFn: async () => {
      const isWindowShared = !parts.includes('window')
      const overlay = writeOverlay({ ...view, window: isWindowShared ? null : view.window }, document)
      await saveOverlay(dashboardId, overlay)
      return overlay
    },
    onSuccess: (overlay) => {
      settle(overlay)
      toast.done(t('kept'))
    },
    onError,
  })
  const leave = useMutation({
    mutationFn: async () => {
      if (isKept) await deleteOverlay(dashboardId)
    },
    onSuccess: () => {
      viewerSettings.reset({})
      settle(null)
    },
    onError,
  })
  return (
    <div className="grid gap-3">
      <div className="grid gap-1">
        <p className="text-sm font-semibold">{t('title')}</p>
        <p className="text-xs text-ink-2">{t('text')}</p>
      </div>
      {parts.length > 0 ? (
        <ul className="grid gap-1 text-xs text-ink-2">
          {parts.map((part) => (
            <li key={part} className="flex items-center gap-2">
              <span aria-hidden className="size-1 rounded-full bg-ink-3" />
              {t(`part.${part}`)}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="sm" disabled={leave.isPending} onClick={() => leave.mutate()}>
          <RotateCcw />
          {t('leave')}
        </Button>
        {isChanged ? (
          <Button size="sm" variant="primary" disabled={keep.isPending} onClick={() => keep.mutate()}>
            <Bookmark />
            {t('keep')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
