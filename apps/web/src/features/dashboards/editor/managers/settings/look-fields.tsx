'use client'
import { setSettings } from '@thingwire/dashboards/edit'
import { Field, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { PictureField } from '../../../pictures/picture-field.tsx'
import { jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { ColorField } from '../../panel/parts/color-input.tsx'

export const LookFields = () => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const settings = jsonOf(useConfiguration().settings)
  const textOf = (name: string) => (typeof settings[name] === 'string' ? settings[name] : '')
  return (
    <>
      <SwitchRow
        label={t('showTitle')}
        checked={settings.showTitle === true}
        onChange={(showTitle) => store.run(setSettings({ showTitle }))}
      />
      <ColorField
        isClearable
        label={t('titleColor')}
        value={textOf('titleColor')}
        onChange={(color) => store.run(setSettings({ titleColor: color || undefined }))}
      />
      <SwitchRow
        label={t('showDashboardLogo')}
        checked={settings.showDashboardLogo === true}
        onChange={(showDashboardLogo) => store.run(setSettings({ showDashboardLogo }))}
      />
      {settings.showDashboardLogo === true ? (
        <PictureField
          label={t('logoUrl')}
          value={textOf('dashboardLogoUrl')}
          onChange={(link) => store.run(setSettings({ dashboardLogoUrl: link || null }))}
        />
      ) : null}
      <Field label={t('css')} hint={t('cssHint')}>
        <Textarea
          value={textOf('dashboardCss')}
          spellCheck={false}
          className="min-h-40 font-mono text-xs"
          onChange={({ target }) => store.run(setSettings({ dashboardCss: target.value }))}
        />
      </Field>
    </>
  )
}
