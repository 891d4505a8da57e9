'use client'
import type { ValueSetting } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { jsonOf, type Json } from '../../side/json.ts'
import { keysIn } from '../data/data-key.ts'
import { keyText } from '../data/key-form.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { Section } from '../parts/section.tsx'
import { useSet } from '../parts/use-set.ts'
import { ExtrasForms } from './extras-forms.tsx'
import { UnitFields } from './unit-fields.tsx'

/** How values are written: unit, decimals, words and colours in their place. */
export const ValuesTab = ({
  id,
  config,
  settings,
}: {
  id: string
  config: Json
  /** What of it the widget heeds. */
  settings: readonly ValueSetting[]
}) => {
  const t = useTranslations('dashboardPanel')
  const set = useSet(id)
  const sources = [...(Array.isArray(config.datasources) ? config.datasources : []), config.alarmSource]
  const columns = [...new Set(sources.flatMap((source) => keysIn(jsonOf(source).dataKeys).map(keyText)))]
  const [hasUnits, hasDecimals] = [settings.includes('units'), settings.includes('decimals')]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)]">
      {hasUnits || hasDecimals ? (
        <Section
          title={t(hasUnits && hasDecimals ? 'unitAndDecimals' : hasUnits ? 'unit' : 'decimals')}
          hint={t('unitHint')}
        >
          {hasUnits ? (
            <UnitFields value={config.units} onChange={(units) => set(['config', 'units'], units ?? '')} />
          ) : null}
          {hasDecimals ? (
            <NumberField
              label={t('decimals')}
              placeholder={t('asNeeded')}
              value={typeof config.decimals === 'number' ? config.decimals : null}
              least={0}
              most={15}
              isWhole
              onChange={(decimals) => set(['config', 'decimals'], decimals)}
            />
          ) : null}
        </Section>
      ) : null}
      {settings.includes('looks') ? (
        <Section title={t('wordsAndColors')} hint={t('wordsAndColorsHint')}>
          <ExtrasForms id={id} path={['config']} part={config} columns={columns} />
        </Section>
      ) : null}
    </div>
  )
}
