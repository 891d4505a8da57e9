'use client'
import { Button, Field, IconButton, Input } from '@thingwire/ui'
import { Ungroup, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import type { DocNote } from '../model/document.ts'
import { changeNode, changeNote, removeNotes } from '../model/edits.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { ColorField } from './color-field.tsx'
import { PanelBody, PanelFrame, PanelSection } from './panel-frame.tsx'

type Props = { note: DocNote; group: NonNullable<DocNote['group']> }

/** The chosen group: what it is called, its colour, and which nodes belong to it. */
export const GroupPanel = ({ note, group }: Props) => {
  const t = useTranslations('chainPanels.groupPanel')
  const panels = useTranslations('chainPanels')
  const store = useEditorStore()
  const nodes = useEditor(({ history }) => history.present.nodes)
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const members = Object.values(nodes).filter((node) => node.group === note.id)
  const change = (part: Partial<DocNote>, field: string | null = null) =>
    store.edit('group', changeNote(note.id, part), field === null ? null : `${note.id} ${field}`)
  const title = note.content.trim() || t('untitled')
  return (
    <PanelFrame label={panels('group', { name: title })} title={title} subtitle={t('nodes', { count: members.length })}>
      <PanelBody>
        <fieldset disabled={isReadOnly} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
          <Field label={t('title')}>
            <Input
              autoComplete="off"
              value={note.content}
              onChange={({ target }) => change({ content: target.value }, 'content')}
            />
          </Field>
          <ColorField value={note.color} onChange={(color) => change({ color })} />
          <SwitchRow
            label={t('collapsed')}
            hint={t('collapsedHint')}
            checked={group.collapsed}
            onChange={(collapsed) => change({ group: { collapsed } })}
          />
        </fieldset>
        <PanelSection
          title={t('nodes', { count: members.length })}
          aside={
            members.length > 0 ? (
              <Button
                size="sm"
                variant="ghost"
                onClick={() => store.select({ nodes: new Set(members.map(({ id }) => id)) })}
              >
                {t('select')}
              </Button>
            ) : undefined
          }
        >
          <ul className="-mx-2 grid">
            {members.map(({ id, name }) => (
              <li key={id} className="flex items-center rounded-md hover:bg-hover">
                <button
                  type="button"
                  onClick={() => store.select({ nodes: new Set([id]) })}
                  className="min-h-8 min-w-0 flex-1 truncate px-2 text-left text-sm pointer-coarse:min-h-10"
                >
                  {name}
                </button>
                {isReadOnly ? null : (
                  <IconButton
                    label={t('leave', { name })}
                    size="icon-sm"
                    onClick={() => store.edit('group', changeNode(id, { group: null }))}
                  >
                    <X />
                  </IconButton>
                )}
              </li>
            ))}
          </ul>
        </PanelSection>
        {isReadOnly ? null : (
          <div className="flex items-center gap-3 border-t pt-4">
            <Button onClick={() => store.edit('group', removeNotes([note.id]))}>
              <Ungroup />
              {t('dissolve')}
            </Button>
            <p className="text-xs text-ink-3">{t('dissolveHint')}</p>
          </div>
        )}
      </PanelBody>
    </PanelFrame>
  )
}
