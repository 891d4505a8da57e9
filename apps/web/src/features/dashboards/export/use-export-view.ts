'use client'
import { toast } from '@thingwire/ui'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useBoard } from '../board/board-context.ts'
import { useWindowWords } from '../board/window/use-window-words.ts'
import { filesPort } from '../host/files-port.ts'
import type { ViewFormat } from './export-view.ts'

/** Saves what the board shows as a picture or as pages; says so when it fails. */
export const useExportView = () => {
  const t = useTranslations('dashboardExport')
  const format = useFormatter()
  const { title, window: shown, dashboardId } = useBoard()
  const windowWords = useWindowWords()
  const [isBusy, setBusy] = useState(false)
  const run = async (as: ViewFormat) => {
    const board = document.querySelector<HTMLElement>(`[data-css-scope="board-${CSS.escape(dashboardId)}"]`)
    if (!board || isBusy) return
    setBusy(true)
    try {
      // The code is large, and most people never need it.
      const { exportView } = await import('./export-view.ts')
      const now = format.dateTime(Date.now(), { dateStyle: 'medium', timeStyle: 'short' })
      const { name, content } = await exportView(board, as, {
        title,
        about: t('about', { window: windowWords.span(shown), now }),
        placeholder: t('placeholder'),
        pageOf: (page, pages) => t('page', { page, pages }),
      })
      filesPort.download(name, content)
      toast.done(t('done', { name }))
    } catch (error) {
      toast.failed(t('failed'), error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, run }
}
