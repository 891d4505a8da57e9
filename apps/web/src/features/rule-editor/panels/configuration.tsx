'use client'
import { Segmented } from '@thingwire/ui'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { SchemaForm } from '@/components/schema-form/schema-form.tsx'
import { findManifest } from '../catalogue.ts'
import type { DocNode } from '../model/document.ts'
import { changeNode } from '../model/edits.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { editors } from './editors/editors.ts'
import { useMessageKeys } from './editors/use-message-keys.ts'
import { MessageKeysContext, useSuggestions } from './editors/use-suggestions.ts'
import { configProblems, currentConfig, typedPlace } from './node-config.ts'
import { JsonView } from './json-view.tsx'
import { PanelSection } from './panel-frame.tsx'

const views = ['form', 'json'] as const

/** The same configuration as a form and as JSON; one of them at a time, so that none can be behind the other. */
export const Configuration = ({ node, isReadOnly }: { node: DocNode; isReadOnly: boolean }) => {
  const t = useTranslations('chainPanels')
  const words = useTranslations('schemaForm')
  const store = useEditorStore()
  const manifest = findManifest(node.className)
  const [wanted, setView] = useState<(typeof views)[number]>('form')
  const { configuration: stored, configurationVersion: storedVersion, queueName: storedQueue } = node
  const { configuration, configurationVersion, queueName } = useMemo(
    () =>
      currentConfig({ configuration: stored, configurationVersion: storedVersion, queueName: storedQueue }, manifest),
    [stored, storedVersion, storedQueue, manifest],
  )
  const keys = useMessageKeys(node.id)
  const required = words('required')
  const problems = useMemo(() => configProblems(manifest, configuration, required), [manifest, configuration, required])
  const view = manifest ? wanted : 'json'
  const write = (next: unknown, place: string | null) =>
    store.edit(
      'settings',
      changeNode(node.id, { configuration: next, configurationVersion, queueName }),
      place === null ? null : `${node.id} ${place}`,
    )
  const hasSettings = manifest !== undefined && Object.keys(shapeOf(manifest.config)).length > 0
  if (manifest && !hasSettings && view === 'form' && isEmpty(configuration))
    return (
      <p className="text-sm text-ink-2">
        {manifest.description} <span className="text-ink-3">{t('settings.nothing')}</span>
      </p>
    )
  return (
    <PanelSection
      title={t('settings.configuration')}
      aside={
        manifest ? (
          <Segmented
            label={t('settings.configurationAs')}
            value={view}
            onChange={setView}
            options={views.map((value) => ({ value, label: t(`settings.${value}`) }))}
          />
        ) : undefined
      }
    >
      {problems.length > 0 ? (
        <p className="flex gap-2 rounded-md bg-danger-soft px-3 py-2 text-xs text-danger-text">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {t('problems', { count: problems.length })}
        </p>
      ) : null}
      {view === 'form' && manifest ? (
        <MessageKeysContext value={keys}>
          <SchemaForm
            schema={manifest.config}
            value={configuration}
            problems={problems}
            showsAll
            isReadOnly={isReadOnly}
            editors={editors}
            useSuggestions={useSuggestions}
            onChange={(next) => write(next, typedPlace(configuration, next))}
          />
          {hasSettings ? null : <p className="text-sm text-ink-3">{t('settings.nothing')}</p>}
        </MessageKeysContext>
      ) : (
        <JsonView
          value={configuration}
          problems={problems}
          isReadOnly={isReadOnly}
          onChange={(next) => write(next, 'json')}
        />
      )}
    </PanelSection>
  )
}

const shapeOf = (schema: object): object =>
  'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null ? schema.shape : {}

/** Nodes without settings still have a version in their files. */
const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).every((key) => key === 'version')
