'use client'
import { setWidgetJson, widgetOf } from '@thingwire/dashboards/edit'
import { TabPanel, Tabs } from '@thingwire/ui'
import { findWidget, valueSettingsOf } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { JsonView } from '../../../rule-editor/panels/json-view.tsx'
import { useBoard, useWholeDocument } from '../../board/board-context.ts'
import { DrawAs } from '../library/draw-as.tsx'
import { isJson, jsonOf } from '../side/json.ts'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'
import { CardTab } from './card-tab.tsx'
import { ActionsTab } from './actions/actions-tab.tsx'
import { DataTab } from './data/data-tab.tsx'
import { InspectTab } from './inspect/inspect-tab.tsx'
import { ShownSeries } from './inspect/shown-series.tsx'
import { LayoutTab } from './layout-tab.tsx'
import { settingsFormOf } from './map/map-form.ts'
import { tabsOf } from './panel-tabs.ts'
import { SettingsFields } from './settings/settings-fields.tsx'
import { upgradeOf } from './settings/upgrade-of.ts'
import { StepsTab } from './steps/steps-tab.tsx'
import { useAskedPart } from './use-asked-part.ts'
import { ValuesTab } from './values/values-tab.tsx'

// The drawings of all symbols come with it.
const SymbolSettings = dynamic(async () => (await import('../symbol/symbol-settings.tsx')).SymbolSettings)

const noProblems: readonly never[] = []

/** What can be set about a widget. Every change is a step of the draft and shows at once on the board. */
export const WidgetPanel = ({ id }: { id: string }) => {
  const t = useTranslations('dashboardPanel')
  const store = useEditorStore()
  const widget = widgetOf(useConfiguration(), id)
  const [tab, setTab] = useState<string>('general')
  const { isPhone } = useBoard()
  const read = useWholeDocument().widgets.get(id)
  useEffect(() => {
    // The sheet has just taken the place below.
    if (isPhone) document.querySelector(`[data-widget="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'start' })
  }, [id, isPhone])
  const typeFullFqn = typeof widget?.typeFullFqn === 'string' ? widget.typeFullFqn : ''
  const manifest = findWidget(typeFullFqn)
  const shown = tabsOf(manifest, read !== undefined)
  useAskedPart(id, shown, setTab)
  if (!widget) return null
  const config = jsonOf(widget.config)
  const upgrade = manifest && upgradeOf(manifest, typeFullFqn)
  const settings = manifest ? (
    <SettingsFields
      id={id}
      path={['config', 'settings']}
      schema={settingsFormOf(manifest)}
      value={config.settings ?? {}}
      upgrade={upgrade}
    />
  ) : null
  return (
    <div data-widget-panel className="contents">
      <Tabs
        label={t('widget')}
        // The next widget may have others.
        value={shown.some((one) => one === tab) ? tab : 'general'}
        onChange={setTab}
        tabs={shown.map((value) => ({ value, label: t(`tab.${value}`) }))}
        className="flex-1"
      >
        <TabPanel value="general" className="overflow-y-auto px-4 pb-4">
          <div className="flex items-center justify-between gap-2 border-b py-2">
            <p className="min-w-0 truncate text-xs text-ink-3">{manifest?.name ?? typeFullFqn}</p>
            <DrawAs id={id} />
          </div>
          {manifest ? null : <p className="border-b py-3 text-sm text-ink-3">{t('noSettings')}</p>}
          <CardTab id={id} config={config} />
        </TabPanel>
        <TabPanel value="settings" className="overflow-y-auto p-4">
          {manifest?.type === 'scada-symbol' ? (
            <SymbolSettings id={id} settings={jsonOf(config.settings)} manifest={manifest} />
          ) : read && manifest?.data === 'series' ? (
            <ShownSeries widget={read} manifest={manifest}>
              {settings}
            </ShownSeries>
          ) : (
            settings
          )}
        </TabPanel>
        {manifest ? (
          <>
            <TabPanel value="data" className="overflow-y-auto p-4">
              <DataTab id={id} config={config} manifest={manifest} />
            </TabPanel>
            <TabPanel value="values" className="overflow-y-auto px-4 pb-4">
              <ValuesTab id={id} config={config} settings={valueSettingsOf(manifest)} />
            </TabPanel>
          </>
        ) : null}
        {read && manifest ? (
          <>
            <TabPanel value="steps" className="overflow-y-auto p-4">
              <StepsTab id={id} config={config} widget={read} manifest={manifest} />
            </TabPanel>
            <TabPanel value="inspect" className="overflow-y-auto px-4 pb-4">
              <InspectTab widget={read} manifest={manifest} />
            </TabPanel>
          </>
        ) : null}
        <TabPanel value="actions" className="overflow-y-auto px-4 pb-4">
          <ActionsTab id={id} config={config} manifest={manifest} />
        </TabPanel>
        <TabPanel value="layout" className="overflow-y-auto px-4 pb-4">
          <LayoutTab id={id} config={config} />
        </TabPanel>
        <TabPanel value="json" className="overflow-y-auto p-4">
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
    </div>
  )
}
