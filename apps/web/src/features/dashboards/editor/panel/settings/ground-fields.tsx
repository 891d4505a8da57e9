'use client'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import { PictureField } from '../../../pictures/picture-field.tsx'
import { jsonOf, type Json } from '../../side/json.ts'
import { ColorField, ColorInput } from '../parts/color-input.tsx'
import { NumberField } from '../parts/number-field.tsx'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** What a card stands on: a colour or a picture, with a veil over it. */
export const GroundFields = (p: { label: string; value: Json; onChange: (members: Json) => void }) => {
  const t = useTranslations('dashboardPanel')
  const isImage = p.value.type === 'image' || p.value.type === 'imageUrl'
  const overlay = jsonOf(p.value.overlay)
  const setOverlay = (members: Json) => p.onChange({ overlay: { ...overlay, ...members } })
  return (
    <fieldset aria-label={p.label} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <div className={isImage ? 'grid grid-cols-[minmax(0,1fr)] gap-2' : 'grid grid-cols-2 items-end gap-2'}>
        <Field label={p.label}>
          <Select value={isImage ? 'image' : 'color'} onChange={({ target }) => p.onChange({ type: target.value })}>
            <option value="color">{t('ground.color')}</option>
            <option value="image">{t('ground.image')}</option>
          </Select>
        </Field>
        {isImage ? (
          <PictureField
            isBare
            label={t('ground.address')}
            value={textOf(p.value.imageUrl)}
            onChange={(imageUrl) => p.onChange({ imageUrl })}
          />
        ) : (
          <ColorInput label={p.label} value={textOf(p.value.color)} onChange={(color) => p.onChange({ color })} />
        )}
      </div>
      {isImage ? (
        <>
          <SwitchRow
            label={t('ground.veil')}
            checked={overlay.enabled === true}
            onChange={(enabled) => setOverlay({ enabled })}
          />
          {overlay.enabled === true ? (
            <div className="grid grid-cols-2 gap-2">
              <ColorField
                label={t('color')}
                value={textOf(overlay.color)}
                onChange={(color) => setOverlay({ color })}
              />
              <NumberField
                label={t('ground.blur')}
                value={typeof overlay.blur === 'number' ? overlay.blur : 3}
                least={0}
                most={50}
                isNeeded
                onChange={(blur) => setOverlay({ blur })}
              />
            </div>
          ) : null}
        </>
      ) : null}
    </fieldset>
  )
}
