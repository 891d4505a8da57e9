'use client'
import { Button, Field, Input, Segmented, Textarea } from '@thingwire/ui'
import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { DocNote } from '../model/document.ts'
import { changeNote, removeNotes } from '../model/edits.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { ColorField } from './color-field.tsx'
import { PanelBody, PanelFrame } from './panel-frame.tsx'

const MarkdownView = dynamic(async () => (await import('./markdown-view.tsx')).MarkdownView, { ssr: false })

const views = ['write', 'preview'] as const
const least = { width: 60, height: 30 } as const
const most = 5_000

/** The chosen note: its text, its colour, how large it is. */
export const NotePanel = ({ note }: { note: DocNote }) => {
  const t = useTranslations('chainPanels.notePanel')
  const store = useEditorStore()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const [wanted, setView] = useState<(typeof views)[number]>('write')
  const view = isReadOnly ? 'preview' : wanted
  const change = (part: Partial<DocNote>, field: string | null = null) =>
    store.edit('note', changeNote(note.id, part), field === null ? null : `${note.id} ${field}`)
  return (
    <PanelFrame label={t('title')} title={t('title')}>
      <PanelBody>
        <fieldset disabled={isReadOnly} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
          <div className="grid gap-2">
            <Segmented
              label={t('view')}
              value={view}
              onChange={setView}
              options={views.map((value) => ({ value, label: t(value) }))}
              className="justify-self-start"
            />
            {view === 'write' ? (
              <Field label={t('content')} hint={t('contentHint')}>
                <Textarea
                  rows={12}
                  className="font-mono text-xs leading-5"
                  value={note.content}
                  onChange={({ target }) => change({ content: target.value }, 'content')}
                />
              </Field>
            ) : note.content.trim() === '' ? (
              <p className="text-sm text-ink-3">{t('empty')}</p>
            ) : (
              <MarkdownView text={note.content} />
            )}
          </div>
          <ColorField value={note.color} onChange={(color) => change({ color })} />
          <div className="grid grid-cols-2 gap-3">
            {(['width', 'height'] as const).map((side) => (
              <SizeField
                key={side}
                label={t(side)}
                value={note[side]}
                least={least[side]}
                onChange={(px) => change({ [side]: px }, side)}
              />
            ))}
          </div>
        </fieldset>
        {isReadOnly ? null : (
          <PanelSectionEnd onDelete={() => store.edit('remove', removeNotes([note.id]))} label={t('delete')} />
        )}
      </PanelBody>
    </PanelFrame>
  )
}

/** A length that is taken over when it is one; what is typed on the way to it stays in the field. */
const SizeField = (p: { label: string; value: number; least: number; onChange: (px: number) => void }) => {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field label={p.label}>
      <Input
        inputMode="numeric"
        autoComplete="off"
        className="tabular-nums"
        value={typed ?? String(p.value)}
        onBlur={() => setTyped(null)}
        onChange={({ target }) => {
          setTyped(target.value)
          const px = Number(target.value)
          if (Number.isInteger(px) && px >= p.least && px <= most) p.onChange(px)
        }}
      />
    </Field>
  )
}

const PanelSectionEnd = ({ label, onDelete }: { label: string; onDelete: () => void }) => (
  <div className="border-t pt-4">
    <Button variant="ghost" className="text-danger-text" onClick={onDelete}>
      <Trash2 />
      {label}
    </Button>
  </div>
)
