'use client'
import { axisForm } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { type FormField, formOf } from '../../../../../components/schema-form/form-field.ts'
import { InnerSettings } from '../../../../../components/schema-form/inner-settings.tsx'
import { isValues } from '../../../../../components/schema-form/values.ts'
import { Section } from '../parts/section.tsx'

/** What an axis is read by; all else is how it looks. */
const scale = new Set(['label', 'position', 'units', 'decimals', 'min', 'max', 'interval', 'splitNumber', 'logScale'])

export const axisMembers = (): readonly FormField[] => {
  const form = formOf(axisForm)
  return form.kind === 'object' ? form.members : []
}

/** Scale and look of an axis. */
export const AxisFields = (p: {
  members: readonly FormField[]
  path: string
  value: unknown
  onChange: (value: unknown) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const inner = { among: p.members, path: p.path, value: p.value, onChange: p.onChange }
  const of = (test: (field: FormField) => boolean) => p.members.filter(test)
  const isFormat = ({ key }: FormField) => key === 'ticksFormat'
  const formats = of(isFormat)
  return (
    <>
      <InnerSettings {...inner} members={of(({ key }) => key === 'show')} />
      {isValues(p.value) && p.value.show === false ? null : (
        <>
          <div className="grid grid-cols-2 items-start gap-x-3 gap-y-4 empty:hidden *:only:col-span-2">
            <InnerSettings {...inner} members={of(({ key }) => key === 'label' || key === 'position')} />
          </div>
          <InnerSettings {...inner} members={of(({ key }) => key === 'units')} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 empty:hidden">
            <InnerSettings {...inner} members={of(({ key }) => key === 'min' || key === 'max')} />
          </div>
          <div className="grid grid-cols-2 items-end gap-x-3 gap-y-4 empty:hidden">
            <InnerSettings
              {...inner}
              members={of(({ key }) => key === 'decimals' || key === 'interval' || key === 'splitNumber')}
            />
          </div>
          <InnerSettings {...inner} members={of(({ key }) => key === 'logScale')} />
          {formats.length > 0 ? <InnerSettings {...inner} members={formats} /> : null}
          <Section title={t('axisLook')} isOpen={false}>
            <InnerSettings
              {...inner}
              members={of((field) => field.key !== 'show' && !scale.has(field.key) && !isFormat(field))}
            />
          </Section>
        </>
      )}
    </>
  )
}

/** One axis that a chart has by its kind: the time axis, or its only value axis. */
export const AxisEditor: FieldEditor = ({ field, path, value, label, onChange }) => {
  const members = useMemo(
    () =>
      field.kind === 'object' ? field.members.filter(({ key }) => key !== 'id' && key !== 'order') : ([] as const),
    [field],
  )
  return (
    <Section title={label ?? field.title} isOpen={false}>
      <AxisFields members={members} path={path} value={value} onChange={onChange} />
    </Section>
  )
}
