'use client'
import { setSettings } from '@thingwire/dashboards/edit'
import { Segmented } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'

/** With what each is where files say nothing. */
const switches = {
  toolbarAlwaysOpen: true,
  showDashboardsSelect: true,
  showEntitiesSelect: true,
  showFilters: true,
  showDashboardTimewindow: true,
  showDashboardExport: true,
  showUpdateDashboardImage: true,
} as const

export const ToolbarFields = () => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const settings = jsonOf(useConfiguration().settings)
  const isOn = (name: string, usual: boolean) => (typeof settings[name] === 'boolean' ? settings[name] === true : usual)
  const hides = isOn('hideToolbar', false)
  return (
    <>
      <SwitchRow
        label={t('hideToolbar')}
        hint={t('hideToolbarHint')}
        checked={hides}
        onChange={(hideToolbar) => store.run(setSettings({ hideToolbar }))}
      />
      {hides
        ? null
        : (Object.keys(switches) as (keyof typeof switches)[]).map((name) => (
            <SwitchRow
              key={name}
              label={t(name)}
              checked={isOn(name, switches[name])}
              onChange={(checked) => store.run(setSettings({ [name]: checked }))}
            />
          ))}
      <div className="grid justify-items-start gap-1.5 border-t pt-4">
        <span aria-hidden className="text-xs font-medium text-ink-2">
          {t('controller')}
        </span>
        <Segmented
          label={t('controller')}
          value={settings.stateControllerId === 'default' ? 'default' : 'entity'}
          onChange={(stateControllerId) => store.run(setSettings({ stateControllerId }))}
          options={[
            { value: 'entity', label: t('controllers.entity') },
            { value: 'default', label: t('controllers.default') },
          ]}
        />
      </div>
    </>
  )
}
