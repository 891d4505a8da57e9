'use client'
import { useTranslations } from 'next-intl'
import { ConflictNotice } from '../../drafts/conflict.tsx'
import { useSaving } from '../store/use-saving.ts'
import { useDocument, useEditor } from '../store/use-editor.ts'

/** Asks whose edits of the chain count where two contradict. */
export const ChainConflict = () => {
  const t = useTranslations('chainVersions')
  const saving = useSaving()
  const { nodes } = useDocument()
  const save = useEditor((state) => state.save)
  if (save.kind !== 'conflict') return null
  const { contradictions, by, kind } = save.conflict
  const lines = contradictions.map((one) => ({
    ...one,
    title:
      one.kind === 'node'
        ? (nodes[one.id]?.name ?? one.id)
        : one.kind === 'test'
          ? one.id
          : t(`contradiction.${one.kind}`),
  }))
  return <ConflictNotice kind={kind} by={by} lines={lines} settle={(choices) => saving.settle(choices)} />
}
