'use client'
import { Button, Field, IconButton, Input } from '@thingwire/ui'
import { ArrowRight, Plus, Trash2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { useOfferedLabels } from '../canvas/use-offered-labels.ts'
import { findManifest } from '../catalogue.ts'
import type { DocWire } from '../model/document.ts'
import { removeWires, setLabels } from '../model/edits.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { LabelChip } from './label-chip.tsx'
import { PanelBody, PanelFrame, PanelSection } from './panel-frame.tsx'
import { wireParts } from './wire-parts.ts'

type Props = { id: string; wire: DocWire; chain: RuleChainView }

/** The chosen wire: from where to where, and along which labels. */
export const WirePanel = ({ id, wire, chain }: Props) => {
  const t = useTranslations('chainPanels.wirePanel')
  const panels = useTranslations('chainPanels')
  const store = useEditorStore()
  const nodes = useEditor(({ history }) => history.present.nodes)
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const from = nodes[wire.from]?.name ?? wire.from
  const to = nodes[wire.to]?.name ?? wire.to
  return (
    <PanelFrame label={panels('wire', { from, to })} title={t('title')}>
      <PanelBody>
        <nav aria-label={t('title')} className="flex flex-wrap items-center gap-1 text-sm">
          <NodeLink name={from} onClick={() => store.select({ nodes: new Set([wire.from]) })} />
          <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          <NodeLink name={to} onClick={() => store.select({ nodes: new Set([wire.to]) })} />
        </nav>
        <fieldset disabled={isReadOnly} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
          <Labels id={id} wire={wire} onChange={(labels) => store.edit('labels', setLabels(id, labels))} />
        </fieldset>
        {wireParts.map(({ title, Part }) => (
          <PanelSection key={title} title={panels(title)} part={title}>
            <Part wire={wire} chain={chain} />
          </PanelSection>
        ))}
        {isReadOnly ? null : (
          <div className="border-t pt-4">
            <Button
              variant="ghost"
              className="text-danger-text"
              onClick={() => store.edit('remove', removeWires([id]))}
            >
              <Trash2 />
              {t('delete')}
            </Button>
          </div>
        )}
      </PanelBody>
    </PanelFrame>
  )
}

const NodeLink = ({ name, onClick }: { name: string; onClick: () => void }) => (
  <button
    type="button"
    onClick={onClick}
    className="rounded-md px-1.5 py-1 text-left font-medium hover:bg-hover pointer-coarse:min-h-10"
  >
    {name}
  </button>
)

type LabelsProps = { id: string; wire: DocWire; onChange: (labels: readonly string[]) => void }

const Labels = ({ id, wire, onChange }: LabelsProps) => {
  const t = useTranslations('chainPanels.wirePanel')
  const titleId = useId()
  const className = useEditor(({ history }) => history.present.nodes[wire.from]?.className)
  const { labels, isFree } = useOfferedLabels(wire.from, id)
  const others = labels.filter((label) => !wire.labels.includes(label))
  const manifest = className === undefined ? undefined : findManifest(className)
  const never = wire.labels.filter(
    (label) => !isFree && manifest && label !== 'Failure' && !manifest.connections.includes(label),
  )
  return (
    <section aria-labelledby={titleId} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div>
        <h3 id={titleId} className="text-sm font-semibold">
          {t('labels')}
        </h3>
        <p className="mt-0.5 text-xs text-ink-3">{t('labelsHint')}</p>
      </div>
      <ul className="flex flex-wrap gap-1.5">
        {wire.labels.map((label) => (
          <LabelChip key={label} label={label}>
            <IconButton
              label={wire.labels.length === 1 ? t('needsOne') : t('remove', { label })}
              size="icon-sm"
              className="size-6"
              disabled={wire.labels.length === 1}
              onClick={() => onChange(wire.labels.filter((one) => one !== label))}
            >
              <X />
            </IconButton>
          </LabelChip>
        ))}
      </ul>
      {never.length > 0 ? <p className="text-xs text-warn-text">{t('unknown', { labels: never.join(', ') })}</p> : null}
      {others.length > 0 ? (
        <div className="grid gap-1.5">
          <p className="text-xs font-medium text-ink-2">{t('add')}</p>
          <div className="flex max-h-52 flex-wrap gap-1.5 overflow-y-auto p-px">
            {others.map((label) => (
              <Button key={label} size="sm" onClick={() => onChange([...wire.labels, label])}>
                <Plus />
                {label}
              </Button>
            ))}
          </div>
        </div>
      ) : null}
      {isFree ? <FreeLabel onAdd={(label) => onChange([...wire.labels, label])} /> : null}
    </section>
  )
}

const FreeLabel = ({ onAdd }: { onAdd: (label: string) => void }) => {
  const t = useTranslations('chainPanels.wirePanel')
  const [typed, setTyped] = useState('')
  const add = () => {
    const label = typed.trim()
    setTyped('')
    if (label !== '') onAdd(label)
  }
  return (
    <Field label={t('addFree')}>
      <Input
        value={typed}
        maxLength={255}
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
    </Field>
  )
}
