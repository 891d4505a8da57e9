'use client'
import { Button, cn, Dialog, Segmented } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Contradiction, Side } from '../model/merge.ts'
import { useSaving } from '../store/use-autosave.tsx'
import { useDocument, useEditor } from '../store/use-editor.ts'
import { asText } from './as-text.ts'

/** Both changed the same: which of the two counts. Until it is settled nothing is saved over anybody's edits. */
export const ConflictNotice = () => {
  const t = useTranslations('chainVersions')
  const isConflict = useEditor(({ save }) => save.kind === 'conflict')
  const [isOpen, setOpen] = useState(true)
  if (!isConflict) return null
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        {t('settle')}
      </Button>
      {isOpen ? <ConflictDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

const ConflictDialog = ({ onClose }: { onClose: () => void }) => {
  const t = useTranslations('chainVersions')
  const common = useTranslations('common')
  const saving = useSaving()
  const save = useEditor((state) => state.save)
  const [choices, setChoices] = useState<Record<string, Side>>({})
  if (save.kind !== 'conflict') return null
  const { contradictions, by, kind } = save.conflict
  const settle = (chosen: Record<string, Side>) => {
    saving.settle(chosen)
    onClose()
  }
  const all = (side: Side) => Object.fromEntries(contradictions.map(({ key }) => [key, side]))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(kind === 'draft' ? 'conflictTitle' : 'conflictPublishedTitle', { name: by ?? t('somebody') })}
      description={t('conflictText')}
      closeLabel={common('close')}
      className="sm:max-w-3xl"
      footer={
        <>
          <Button onClick={() => settle(all('theirs'))}>{t('takeTheirs')}</Button>
          <Button onClick={() => settle(all('mine'))}>{t('keepMine')}</Button>
          <Button variant="primary" onClick={() => settle(choices)}>
            {t('merge')}
          </Button>
        </>
      }
    >
      <ul className="grid gap-3">
        {contradictions.map((one) => (
          <Choice
            key={one.key}
            contradiction={one}
            side={choices[one.key] ?? 'mine'}
            onChange={(side) => setChoices((known) => ({ ...known, [one.key]: side }))}
          />
        ))}
      </ul>
    </Dialog>
  )
}

const Choice = (p: { contradiction: Contradiction; side: Side; onChange: (side: Side) => void }) => {
  const t = useTranslations('chainVersions')
  const { nodes } = useDocument()
  const { kind, id, path, mine, theirs } = p.contradiction
  const name = kind === 'node' ? (nodes[id]?.name ?? id) : kind === 'test' ? id : t(`contradiction.${kind}`)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-md border p-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 truncate text-sm font-medium">
          {name}
          {path.length > 0 ? <span className="ml-2 text-xs font-normal text-ink-3">{path.join(' › ')}</span> : null}
        </p>
        <Segmented
          label={t('whose', { name })}
          value={p.side}
          onChange={p.onChange}
          options={(['mine', 'theirs'] as const).map((value) => ({ value, label: t(`sides.${value}`) }))}
        />
      </div>
      <div className="grid gap-2 sm:grid-cols-2">
        {(['mine', 'theirs'] as const).map((side) => (
          <pre
            key={side}
            className={cn(
              'max-h-40 overflow-auto rounded-sm bg-sunken px-2 py-1 font-mono text-xs whitespace-pre-wrap',
              p.side === side ? 'text-ink ring-1 ring-accent' : 'text-ink-3',
            )}
          >
            {asText(side === 'mine' ? mine : theirs)}
          </pre>
        ))}
      </div>
    </li>
  )
}
