'use client'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { jsonOf } from '../../../side/json.ts'
import { Section } from '../../parts/section.tsx'
import { Custom } from './code-fields.tsx'
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
  const words = useTranslations('mapLayers')
  const hasCode = [action.customFunction, action.customHtml].some((one) => one !== undefined && one !== '')
  return (
    <>
      <Field label={t('mapItem')}>
        <Select value={textOf(action.mapItemType)} onChange={({ target }) => set({ mapItemType: target.value })}>
          {shapes.map((one) => (
            <option key={one} value={one}>
              {t(`shape.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Section title={words('drawnCode')} hint={words('drawnCodeHint')} isOpen={hasCode}>
        <Custom action={action} set={set} isPretty />
      </Section>
    </>
  )
}
