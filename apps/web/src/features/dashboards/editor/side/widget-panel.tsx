'use client'
import { setMember, setWidgetJson, widgetOf } from '@thingwire/dashboards/edit'
import { Field, Input, TabPanel, Tabs } from '@thingwire/ui'
import { findWidget } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SchemaForm } from '@/components/schema-form/schema-form.tsx'
import { SwitchRow } from '@/components/switch-row.tsx'
import { JsonView } from '@/features/rule-editor/panels/json-view.tsx'
import { DrawAs } from '../library/draw-as.tsx'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'
import { DataFields } from './data-fields.tsx'
import { isJson, type Json, jsonOf } from './json.ts'

const tabs = ['general', 'data', 'settings', 'json'] as const
const noProblems: readonly never[] = []

/** What can be set about a widget. Every change is a step of the draft and shows at once on the board. */
export const WidgetPanel = ({ id }: { id: string }) => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const widget = widgetOf(useConfiguration(), id)
  const [tab, setTab] = useState<string>('general')
  if (!widget) return null
  const typeFullFqn = typeof widget.typeFullFqn === 'string' ? widget.typeFullFqn : ''
  const manifest = findWidget(typeFullFqn)
  const config = jsonOf(widget.config)
  return (
    <Tabs
      label={t('widget')}
      value={tab}
      onChange={setTab}
      tabs={tabs.map((value) => ({ value, label: t(`tab.${value}`) }))}
      className="flex-1"
    >
      <TabPanel value="general" className="p-4">
        <div className="mb-4 flex items-center justify-between gap-2">
          <p className="min-w-0 truncate text-xs text-ink-3">{manifest?.name ?? typeFullFqn}</p>
          <DrawAs id={id} />
        </div>
        <General id={id} config={config} />
      </TabPanel>
      <TabPanel value="data" className="p-4">
        <DataFields id={id} config={config} manifest={manifest} />
      </TabPanel>
      <TabPanel value="settings" className="p-4">
        {manifest ? (
          <SchemaForm
            schema={manifest.settings}
            value={config.settings ?? {}}
            problems={noProblems}
            showsAll
            onChange={(settings) => store.run(setMember(id, ['config', 'settings'], settings))}
          />
        ) : (
          <p className="text-sm text-ink-3">{t('noSettings')}</p>
        )}
      </TabPanel>
      <TabPanel value="json" className="p-4">
        <JsonView
          value={widget}
          problems={noProblems}
          isReadOnly={false}
          onChange={(json) => {
            if (isJson(json)) store.run(setWidgetJson(id, json))
          }}
        />
      </TabPanel>
    </Tabs>
  )
}

const General = ({ id, config }: { id: string; config: Json }) => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const set = (member: string, value: unknown) => store.run(setMember(id, ['config', member], value))
  const textOf = (member: string) => {
    const value = config[member]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const decimals = typeof config.decimals === 'number' ? config.decimals : null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Field label={t('general.title')}>
        <Input value={textOf('title')} onChange={({ target }) => set('title', target.value)} />
      </Field>
      <SwitchRow
        label={t('general.showTitle')}
        checked={config.showTitle === true}
        onChange={(checked) => set('showTitle', checked)}
      />
      <Field label={t('general.tooltip')}>
        <Input value={textOf('titleTooltip')} onChange={({ target }) => set('titleTooltip', target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('general.units')}>
          <Input value={textOf('units')} onChange={({ target }) => set('units', target.value)} />
        </Field>
        <Field label={t('general.decimals')}>
          <Input
            type="number"
            min={0}
            max={15}
            value={decimals ?? ''}
            onChange={({ target }) =>
              set('decimals', target.value === '' ? null : Math.min(15, Math.max(0, Math.round(Number(target.value)))))
            }
          />
        </Field>
      </div>
      <Field label={t('general.noData')} hint={t('general.noDataHint')}>
        <Input
          value={textOf('noDataDisplayMessage')}
          onChange={({ target }) => set('noDataDisplayMessage', target.value)}
        />
      </Field>
      <SwitchRow
        label={t('general.shadow')}
        checked={config.dropShadow !== false}
        onChange={(checked) => set('dropShadow', checked)}
      />
      <SwitchRow
        label={t('general.fullScreen')}
        checked={config.enableFullscreen !== false}
        onChange={(checked) => set('enableFullscreen', checked)}
      />
    </div>
  )
}
