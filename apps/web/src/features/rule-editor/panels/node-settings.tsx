'use client'
import { Field, Input, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { SwitchRow } from '@/components/switch-row.tsx'
import { findManifest } from '../catalogue.ts'
import type { DocNode } from '../model/document.ts'
import { changeNode } from '../model/edits.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { Configuration } from './configuration.tsx'
import { DebugSettings } from './debug-settings.tsx'
import { NodeConnections } from './node-connections.tsx'
import { PanelSection } from './panel-frame.tsx'
import { useAskedSetting } from './use-asked-setting.ts'
import { BypassField, QueueField } from './work-fields.tsx'

const longestName = 255

/** What can be set about a node. Every change is an edit of the draft: there is nothing to save here. */
export const NodeSettings = ({ node }: { node: DocNode }) => {
  const t = useTranslations('chainPanels.settings')
  const store = useEditorStore()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const form = useRef<HTMLFieldSetElement>(null)
  useAskedSetting(node.id, form)
  const manifest = findManifest(node.className)
  /** `field`: typing in it joins into one step. */
  const change = (part: Partial<DocNode>, field: string | null = null) =>
    store.edit('settings', changeNode(node.id, part), field === null ? null : `${node.id} ${field}`)
  return (
    <fieldset ref={form} disabled={isReadOnly} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
      <Field label={t('name')}>
        <Input
          autoComplete="off"
          maxLength={longestName}
          value={node.name}
          onChange={({ target }) => change({ name: target.value }, 'name')}
        />
      </Field>
      <Configuration node={node} isReadOnly={isReadOnly} />
      <PanelSection title={t('work')}>
        <BypassField node={node} onChange={(bypass) => change({ bypass })} />
        {manifest?.hasQueueName ? <QueueField node={node} onChange={(queueName) => change({ queueName })} /> : null}
        {node.isSingleton ? (
          <SwitchRow
            label={t('singleton')}
            hint={t('singletonHint')}
            checked={node.isSingleton}
            onChange={(isSingleton) => change({ isSingleton })}
          />
        ) : null}
      </PanelSection>
      <DebugSettings debug={node.debug} onChange={(debug) => change({ debug })} />
      <PanelSection title={t('about')}>
        <Field label={t('description')} hint={t('descriptionHint')}>
          <Textarea
            rows={3}
            value={node.description}
            onChange={({ target }) => change({ description: target.value }, 'description')}
          />
        </Field>
        <NodeConnections node={node} />
        <p className="text-xs text-ink-3">
          {t('className')} <span className="font-mono break-all">{node.className}</span>
        </p>
      </PanelSection>
    </fieldset>
  )
}
