'use client'
import { Field, Select } from '@thingwire/ui'
import { buttonTypes, readAction } from '@thingwire/dashboards'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import { HeaderButton } from '../../../board/header-button.tsx'
import { isJson } from '../../side/json.ts'
import { ColorField } from '../parts/color-input.tsx'
import { CssField } from '../parts/css-field.tsx'
import { IconInput } from '../parts/icon-input.tsx'
import { type KindFormProps, textOf } from './kinds/kind-form.ts'

const icons = new Set(['icon', 'miniFab'])
const filled = new Set(['raised', 'flat', 'miniFab'])

/** What the button of an action looks like; those of headers have six looks. */
export const ButtonFields = ({ action, set, hasLooks }: KindFormProps & { hasLooks: boolean }) => {
  const t = useTranslations('dashboardPanel')
  const { resolvedTheme } = useTheme()
  const type = buttonTypes.find((one) => one === action.buttonType) ?? 'icon'
  const hasText = hasLooks && !icons.has(type)
  const showsIcon = !hasText || action.showIcon !== false
  const shown = readAction({ ...action, type: action.type ?? 'doNothing' }, 'headerButton', 'shown')
  return (
    <>
      {hasLooks ? (
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3">
          <Field label={t('buttonType')}>
            <Select value={type} onChange={({ target }) => set({ buttonType: target.value })}>
              {buttonTypes.map((one) => (
                <option key={one} value={one}>
                  {t(`buttonTypes.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
          {shown ? (
            <span aria-hidden className="pointer-events-none flex h-8 max-w-36 items-center overflow-hidden" inert>
              <HeaderButton
                action={shown}
                theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
                onClick={() => undefined}
              />
            </span>
          ) : null}
        </div>
      ) : null}
      {hasText ? (
        <SwitchRow label={t('buttonIcon')} checked={showsIcon} onChange={(showIcon) => set({ showIcon })} />
      ) : null}
      {showsIcon ? (
        <Field label={t('actionIcon')}>
          <IconInput
            isLabelled
            label={t('actionIcon')}
            value={textOf(action.icon)}
            onChange={(icon) => set({ icon, showIcon: icon !== '' })}
          />
        </Field>
      ) : null}
      <div className="grid grid-cols-2 gap-3">
        <ColorField
          label={t(hasText ? 'buttonColor' : 'actionColor')}
          value={textOf(action.buttonColor)}
          onChange={(color) => set({ buttonColor: color || undefined })}
        />
        {hasLooks && filled.has(type) ? (
          <ColorField
            label={t('buttonFill')}
            value={textOf(action.buttonFillColor)}
            onChange={(color) => set({ buttonFillColor: color || undefined })}
          />
        ) : null}
        {hasLooks && type === 'stroked' ? (
          <ColorField
            label={t('buttonBorder')}
            value={textOf(action.buttonBorderColor)}
            onChange={(color) => set({ buttonBorderColor: color || undefined })}
          />
        ) : null}
      </div>
      {hasLooks ? (
        <CssField
          label={t('buttonStyle')}
          value={isJson(action.customButtonStyle) ? action.customButtonStyle : {}}
          onChange={(style) => set({ customButtonStyle: style })}
        />
      ) : null}
    </>
  )
}
