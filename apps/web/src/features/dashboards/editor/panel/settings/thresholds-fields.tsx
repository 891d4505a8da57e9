'use client'
import { Button, IconButton } from '@thingwire/ui'
import { thresholdForm } from '@thingwire/widgets/manifests'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { type FormField, formOf } from '../../../../../components/schema-form/form-field.ts'
import { InnerSettings } from '../../../../../components/schema-form/inner-settings.tsx'
import { Part } from '../../../../../components/schema-form/objects.tsx'
import { pathOf } from '../../../../../components/schema-form/problems.ts'
import { isJson, jsonOf, type Json } from '../../side/json.ts'
import { Section } from '../parts/section.tsx'
import { useAxisList } from '../use-edited-widget.ts'
import { useShownSeries } from './shown-series.ts'
import { SourceFields } from './source-fields.tsx'
import { shownRange, thresholdStart } from './threshold-start.ts'

const fresh: Json = { type: 'constant', lineColor: '#d32f2f', lineType: 'dashed', lineWidth: 1 }

const lookMembers = (): readonly FormField[] => {
  const form = formOf(thresholdForm)
  return form.kind === 'object' ? form.members : []
}

const line = ['lineColor', 'lineType', 'lineWidth', 'yAxisId']

/** How a line across a chart looks: itself, then its label and signs. */
const LookFields = (p: { path: string; value: Json; hasAxis: boolean; onChange: (value: unknown) => void }) => {
  const t = useTranslations('dashboardPanel')
  const members = useMemo(lookMembers, [])
  const inner = { among: members, path: p.path, value: p.value, onChange: p.onChange }
  return (
    <>
      <div className="grid grid-cols-2 items-start gap-x-3 gap-y-4">
        <InnerSettings
          {...inner}
          members={members.filter(({ key }) => line.includes(key) && (p.hasAxis || key !== 'yAxisId'))}
        />
      </div>
      <Section title={t('thresholdMore')} isOpen={false}>
        <InnerSettings {...inner} members={members.filter(({ key }) => !line.includes(key))} />
      </Section>
    </>
  )
}

/** A line far from what the chart shows would press its courses flat, until somebody types a number. */
const useStart = () => {
  const shown = useShownSeries()
  const [first] = useAxisList()
  return (taken: readonly unknown[]) => {
    const axis = { id: first?.id ?? 'default', isLog: first?.axis.logScale === true }
    return thresholdStart(shownRange(shown(), axis), taken)
  }
}

/** Lines across a chart: at a number, or at the newest value of a key. */
export const ThresholdsEditor: FieldEditor = ({ field, path, value, label, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const list = Array.isArray(value) ? value.filter(isJson) : []
  const startOf = useStart()
  const add = () => onChange([...list, { ...fresh, value: startOf(list.map((one) => one.value)) }])
  return (
    <Part
      title={label ?? field.title}
      aside={
        <Button size="sm" variant="ghost" onClick={add}>
          <Plus />
          {t('addThreshold')}
        </Button>
      }
    >
      {list.length > 0
        ? list.map((one, index) => (
            <fieldset
              // biome-ignore lint/suspicious/noArrayIndexKey: thresholds have no ids, and two may be equal
              key={index}
              aria-label={t('threshold', { number: index + 1 })}
              className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 rounded-md border px-3 pt-2"
            >
              <div className="-mr-1 flex items-center justify-between">
                <p aria-hidden className="text-xs font-medium">
                  {t('threshold', { number: index + 1 })}
                </p>
                <IconButton
                  size="icon-sm"
                  label={t('removeThreshold', { number: index + 1 })}
                  onClick={() => onChange(list.toSpliced(index, 1))}
                >
                  <Trash2 />
                </IconButton>
              </div>
              <SourceFields
                label={t('thresholdAt')}
                value={one}
                onChange={(source) => onChange(list.with(index, source))}
              />
              <LookFields
                hasAxis
                path={pathOf(path, index)}
                value={one}
                onChange={(look) => onChange(list.with(index, jsonOf(look)))}
              />
            </fieldset>
          ))
        : null}
    </Part>
  )
}

/** Lines that stand where a widget says: only their look can be set. */
export const ThresholdLookEditor: FieldEditor = ({ field, path, value, label, onChange }) => (
  <Section title={label ?? field.title} isOpen={false}>
    <LookFields hasAxis={false} path={path} value={jsonOf(value)} onChange={onChange} />
  </Section>
)
