'use client'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { jsonOf } from '../../../side/json.ts'
import { type KindFormProps, textOf } from './kind-form.ts'

const mobileTypes = [
  'takePictureFromGallery',
  'takePhoto',
  'mapDirection',
  'mapLocation',
  'scanQrCode',
  'makePhoneCall',
  'getLocation',
  'takeScreenshot',
  'deviceProvision',
] as const

/** What only the app on a phone can do. */
export const Mobile = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  const mobile = jsonOf(action.mobileAction)
  return (
    <Field label={t('mobileType')} hint={t('mobileHint')}>
      <Select
        value={textOf(mobile.type)}
        onChange={({ target }) => set({ mobileAction: { ...mobile, type: target.value } })}
      >
        {mobileTypes.map((one) => (
          <option key={one} value={one}>
            {t(`mobile.${one}`)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

const shapes = ['marker', 'polygon', 'rectangle', 'circle', 'polyline'] as const

export const MapItem = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <Field label={t('mapItem')}>
      <Select value={textOf(action.mapItemType)} onChange={({ target }) => set({ mapItemType: target.value })}>
        {shapes.map((one) => (
          <option key={one} value={one}>
            {t(`shape.${one}`)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
