'use client'
import { useTranslations } from 'next-intl'
import { ConflictNotice } from '../../drafts/conflict.tsx'
import { type ContradictionLine, contradictionLine } from '../../drafts/contradiction-line.ts'
import type { Conflict } from '../../drafts/model.ts'
import type { ChainDocument } from '../model/document.ts'
import { type Contradiction, quietNodeMembers, quietNoteMembers } from '../model/merge.ts'
import { useSaving } from '../store/use-saving.ts'
import { useDocument, useEditor } from '../store/use-editor.ts'
import { useMemberName } from './use-member-name.ts'

/** Asks whose edits of the chain count where two contradict. */
export const ChainConflict = () => {
  const saving = useSaving()
  const lineOf = useLineOf()
  const mine = useDocument()
  const save = useEditor((state) => state.save)
  if (save.kind !== 'conflict') return null
  const { conflict } = save
  const lines = conflict.contradictions.map((one) => lineOf(one, conflict, mine))
  return (
    <ConflictNotice kind={conflict.kind} by={conflict.by} lines={lines} settle={(choices) => saving.settle(choices)} />
  )
}

type Sides = Pick<Conflict<ChainDocument, Contradiction>, 'base' | 'theirs'>

const useLineOf = () => {
  const t = useTranslations('chainVersions')
  const memberName = useMemberName()
  return (one: Contradiction, { base, theirs }: Sides, mine: ChainDocument): ContradictionLine => {
    const nodeOf = (id: string) => mine.nodes[id] ?? theirs.nodes[id] ?? base.nodes[id]
    switch (one.kind) {
      case 'node': {
        const node = nodeOf(one.id)
        return contradictionLine(one, {
          title: node?.name || one.id,
          nameOf: (path) => (quietNodeMembers.has(path[0] ?? '') ? null : memberName(node?.className ?? '', path)),
        })
      }
      case 'note':
        return contradictionLine(one, {
          title: t('contradiction.note'),
          nameOf: (path) => (quietNoteMembers.has(path[0] ?? '') ? null : path.join(' › ')),
        })
      case 'test':
        return contradictionLine(one, { title: one.id || t('test') })
      case 'entry':
        return contradictionLine(one, {
          title: t('contradiction.entry'),
          shownAs: (id) => (typeof id === 'string' ? (nodeOf(id)?.name ?? id) : id),
        })
    }
  }
}
