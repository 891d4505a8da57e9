'use client'
import { comparisons } from '@thingwire/dashboards'
import { Field, Input, Select } from '@thingwire/ui'
import { valueSettingsOf, type WidgetManifest } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import type { Json } from '../../side/json.ts'
import { CodeField } from '../parts/code-field.tsx'
import { ColorField } from '../parts/color-input.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { SettledInput } from '../parts/settled-input.tsx'
import { Section } from '../parts/section.tsx'
import { type Part, useSet } from '../parts/use-set.ts'
import { SettingsFields } from '../settings/settings-fields.tsx'
import { ExtrasForms } from '../values/extras-forms.tsx'
import { UnitFields } from '../values/unit-fields.tsx'
import type { KeyType } from './key-options.ts'

const foldings = ['MIN', 'MAX', 'AVG', 'SUM', 'COUNT'] as const
const results = ['PREVIOUS_VALUE', 'DELTA_ABSOLUTE', 'DELTA_PERCENT'] as const

type Props = Part & {
  dataKey: Json
  types: readonly KeyType[]
  manifest: WidgetManifest
  /** A newest value that the widget can have folded over the window. */
  isLatest: boolean
  /** What its settings are described by; undefined: it has none. */
  schema: WidgetManifest['keySettings']
  columns: readonly string[]
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** What can be set about a key of a source. */
export const KeyForm = (p: Props) => {
  const t = useTranslations('dashboardPanel')
  const { dataKey } = p
  const setAt = useSet(p.id)
  const set = (member: string, value: unknown) => setAt([...p.path, member], value)
  const hasSettings = p.schema !== undefined
  const values = valueSettingsOf(p.manifest)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t bg-sunken/40 p-3">
      <Field label={t('keyLabel')} hint={t('labelHint')}>
        <Input value={textOf(dataKey.label)} onChange={({ target }) => set('label', target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('keyName')}>
          <SettledInput value={textOf(dataKey.name)} onChange={(name) => set('name', name)} />
        </Field>
        <Field label={t('keyKind')}>
          <Select value={textOf(dataKey.type)} onChange={({ target }) => set('type', target.value)}>
            {[...new Set([...p.types, dataKey.type as KeyType])].map((type) => (
              <option key={type} value={type}>
                {t(`keyType.${type}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <ColorField
        label={t('color')}
        value={textOf(dataKey.color)}
        onChange={(color) => set('color', color === '' ? undefined : color)}
      />
      {values.includes('units') ? (
        <UnitFields value={dataKey.units} onChange={(units) => set('units', units)} placeholder={t('ofWidget')} />
      ) : null}
      {values.includes('decimals') ? (
        <NumberField
          label={t('decimals')}
          placeholder={t('ofWidget')}
          value={typeof dataKey.decimals === 'number' ? dataKey.decimals : null}
          least={0}
          most={15}
          isWhole
          onChange={(decimals) => set('decimals', decimals)}
        />
      ) : null}
      {p.isLatest && dataKey.type === 'timeseries' ? <Folding {...p} /> : null}
      {dataKey.type === 'function' ? (
        <CodeField
          label={t('generator')}
          args="time, prevValue"
          hint={t('generatorHint')}
          value={dataKey.funcBody}
          onChange={(code) => set('funcBody', code)}
        />
      ) : null}
      <PostProcessing dataKey={dataKey} set={set} />
      {values.includes('looks') ? (
        <Section title={t('keyValues')} hint={t('keyValuesHint')} isOpen={dataKey.thingwire !== undefined}>
          <ExtrasForms id={p.id} path={p.path} part={dataKey} columns={p.columns} />
        </Section>
      ) : null}
      {hasSettings && p.schema ? (
        <Section title={t('keySettings')} isOpen={false}>
          <SettingsFields
            id={p.id}
            path={[...p.path, 'settings']}
            schema={p.schema}
            value={dataKey.settings ?? {}}
            upgrade={p.manifest.upgradeKey}
          />
        </Section>
      ) : null}
    </div>
  )
}

const PostProcessing = ({ dataKey, set }: { dataKey: Json; set: (member: string, value: unknown) => void }) => {
  const t = useTranslations('dashboardPanel')
  const isOn =
    dataKey.usePostProcessing === true || (dataKey.usePostProcessing === undefined && Boolean(dataKey.postFuncBody))
  return (
    <>
      <SwitchRow
        label={t('postProcessing')}
        hint={t('postProcessingHint')}
        checked={isOn}
        onChange={(checked) => set('usePostProcessing', checked)}
      />
      {isOn ? (
        <CodeField
          label={t('postFunction')}
          args="time, value, prevValue, timePrev, prevOrigValue"
          value={dataKey.postFuncBody ?? 'return value;'}
          onChange={(code) => set('postFuncBody', code)}
        />
      ) : null}
    </>
  )
}

/** What is made of the points of the window, and with what it is compared. */
const Folding = (p: Props) => {
  const t = useTranslations('dashboardPanel')
  const set = useSet(p.id)
  const { dataKey } = p
  const aggregation = foldings.find((one) => one === dataKey.aggregationType) ?? ''
  const by = comparisons.find((one) => one === dataKey.timeForComparison) ?? 'previousInterval'
  const custom = dataKey.comparisonCustomIntervalValue
  return (
    <>
      <Field label={t('folding')} hint={aggregation === '' ? undefined : t('foldingHint')}>
        <Select
          value={aggregation}
          onChange={({ target }) => set([...p.path, 'aggregationType'], target.value === '' ? undefined : target.value)}
        >
          <option value="">{t('newest')}</option>
          {foldings.map((one) => (
            <option key={one} value={one}>
              {t(`fold.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {aggregation === '' ? null : (
        <SwitchRow
          label={t('compare')}
          checked={dataKey.comparisonEnabled === true}
          onChange={(checked) => set([...p.path, 'comparisonEnabled'], checked)}
        />
      )}
      {aggregation !== '' && dataKey.comparisonEnabled === true ? (
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('compareWith')}>
            <Select value={by} onChange={({ target }) => set([...p.path, 'timeForComparison'], target.value)}>
              {comparisons.map((one) => (
                <option key={one} value={one}>
                  {t(`comparison.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('compareAs')}>
            <Select
              value={results.find((one) => one === dataKey.comparisonResultType) ?? 'PREVIOUS_VALUE'}
              onChange={({ target }) => set([...p.path, 'comparisonResultType'], target.value)}
            >
              {results.map((one) => (
                <option key={one} value={one}>
                  {t(`compared.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
          {by === 'customInterval' ? (
            <NumberField
              label={t('compareMinutes')}
              value={typeof custom === 'number' ? custom / 60_000 : null}
              least={0.01}
              isNeeded
              onChange={(minutes) =>
                set([...p.path, 'comparisonCustomIntervalValue'], Math.round((minutes ?? 0) * 60_000))
              }
            />
          ) : null}
        </div>
      ) : null}
    </>
  )
}

export const keyText = (dataKey: Json): string => textOf(dataKey.label) || textOf(dataKey.name)
export const keyColor = (dataKey: Json): string | null => textOf(dataKey.color) || null
