'use client'
import { changeDashboard, setDescription } from '@thingwire/dashboards/edit'
import { Field, Input, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { PictureField } from '../../../pictures/picture-field.tsx'
import { useEditor, useEditorStore } from '../../store/use-editor.ts'
import { NumberInput } from '../number-input.tsx'

export const GeneralFields = () => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const { title, image, mobileHide, mobileOrder, configuration } = useEditor((state) => state.history.present)
  const description = typeof configuration.description === 'string' ? configuration.description : ''
  return (
    <>
      <Field label={t('title')} error={title.trim() === '' ? t('titleMissing') : undefined}>
        <Input
          value={title}
          maxLength={255}
          onChange={({ target }) => store.run(changeDashboard({ title: target.value }, 'title'))}
        />
      </Field>
      <Field label={t('description')}>
        <Textarea
          value={description}
          maxLength={10_000}
          onChange={({ target }) => store.run(setDescription(target.value))}
        />
      </Field>
      <PictureField
        label={t('image')}
        hint={t('imageHint')}
        value={image ?? ''}
        onChange={(link) => store.run(changeDashboard({ image: link || null }))}
      />
      <h3 className="border-t pt-4 text-sm font-semibold">{t('phones')}</h3>
      <SwitchRow
        label={t('mobileHide')}
        checked={mobileHide}
        onChange={(checked) => store.run(changeDashboard({ mobileHide: checked }))}
      />
      <Field label={t('mobileOrder')}>
        <NumberInput
          isWhole
          mayBeEmpty
          min={0}
          max={1_000_000}
          value={mobileOrder}
          className="w-32"
          onChange={(order) => store.run(changeDashboard({ mobileOrder: order }, 'mobileOrder'))}
        />
      </Field>
    </>
  )
}
