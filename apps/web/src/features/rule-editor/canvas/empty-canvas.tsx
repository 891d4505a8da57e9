'use client'
import { Kbd } from '@thingwire/ui'
import { Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEditor } from '../store/use-editor.ts'

/** What to do with a chain that has nothing in it. */
export const EmptyCanvas = () => {
  const t = useTranslations('chainCanvas')
  const isEmpty = useEditor(({ history: { present } }) => present.order.length === 0 && isNothing(present.notes))
  if (!isEmpty) return null
  return (
    <div className="pointer-events-none absolute inset-0 z-5 grid place-items-center">
      <div className="grid justify-items-center gap-1 text-center">
        <span className="mb-2 flex size-10 items-center justify-center rounded-lg border bg-surface text-ink-3">
          <Workflow aria-hidden className="size-5" />
        </span>
        <p className="text-base font-semibold text-ink">{t('emptyTitle')}</p>
        <p className="text-sm text-ink-2">{t.rich('emptyText', { key: () => <Kbd>A</Kbd> })}</p>
      </div>
    </div>
  )
}

const isNothing = (notes: object) => Object.keys(notes).length === 0
