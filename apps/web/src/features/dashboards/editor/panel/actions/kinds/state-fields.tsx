'use client'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../../components/switch-row.tsx'
import { jsonOf } from '../../../side/json.ts'
import { useConfiguration } from '../../../store/use-editor.ts'
import { NumberField } from '../../parts/number-field.tsx'
import { type KindFormProps, numberOf, textOf } from './kind-form.ts'

/** What the state that is opened knows of the entity. */
export const StateFields = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <SwitchRow
        label={t('setEntity')}
        hint={t('setEntityHint')}
        checked={action.setEntityId === true}
        onChange={(checked) => set({ setEntityId: checked })}
      />
      {action.setEntityId === true ? (
        <Field label={t('paramName')} hint={t('paramNameHint')}>
          <Input
            value={textOf(action.stateEntityParamName)}
            onChange={({ target }) => set({ stateEntityParamName: target.value || undefined })}
          />
        </Field>
      ) : null}
    </>
  )
}

/** Opens or changes a state of this dashboard. */
export const OpenState = ({ action, set, isOpening }: KindFormProps & { isOpening: boolean }) => {
  const t = useTranslations('dashboardPanel')
  const states = Object.entries(jsonOf(useConfiguration().states))
  const chosen = textOf(action.targetDashboardStateId)
  const isLost = chosen !== '' && !states.some(([id]) => id === chosen)
  const place = action.openInSeparateDialog === true ? 'dialog' : action.openInPopover === true ? 'popover' : 'place'
  return (
    <>
      <Field label={t('targetState')} error={isLost ? t('stateLost') : undefined}>
        <Select value={chosen} onChange={({ target }) => set({ targetDashboardStateId: target.value || undefined })}>
          <option value="">{t('shownState')}</option>
          {isLost ? <option value={chosen}>{chosen}</option> : null}
          {states.map(([id, state]) => (
            <option key={id} value={id}>
              {String(jsonOf(state).name ?? id)}
            </option>
          ))}
        </Select>
      </Field>
      <StateFields action={action} set={set} />
      <SwitchRow
        label={t('openRight')}
        checked={action.openRightLayout === true}
        onChange={(checked) => set({ openRightLayout: checked })}
      />
      {isOpening ? (
        <Field label={t('openWhere')}>
          <Select
            value={place}
            onChange={({ target }) =>
              set({
                openInSeparateDialog: target.value === 'dialog' || undefined,
                openInPopover: target.value === 'popover' || undefined,
              })
            }
          >
            {(['place', 'dialog', 'popover'] as const).map((one) => (
              <option key={one} value={one}>
                {t(`openIn.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {isOpening && place === 'dialog' ? <DialogFields action={action} set={set} /> : null}
      {isOpening && place === 'popover' ? <PopoverFields action={action} set={set} /> : null}
    </>
  )
}

const DialogFields = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <Field label={t('dialogTitle')}>
        <Input value={textOf(action.dialogTitle)} onChange={({ target }) => set({ dialogTitle: target.value })} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <NumberField
          label={t('dialogWidth')}
          value={numberOf(action.dialogWidth)}
          least={1}
          most={100}
          onChange={(dialogWidth) => set({ dialogWidth })}
        />
        <NumberField
          label={t('dialogHeight')}
          value={numberOf(action.dialogHeight)}
          least={1}
          most={100}
          onChange={(dialogHeight) => set({ dialogHeight })}
        />
      </div>
      <SwitchRow
        label={t('hideToolbar')}
        checked={action.dialogHideDashboardToolbar !== false}
        onChange={(checked) => set({ dialogHideDashboardToolbar: checked })}
      />
    </>
  )
}

const sides = ['bottom', 'top', 'left', 'right'] as const

const PopoverFields = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <Field label={t('placement')}>
        <Select
          value={sides.find((side) => textOf(action.popoverPreferredPlacement).startsWith(side)) ?? 'bottom'}
          onChange={({ target }) => set({ popoverPreferredPlacement: target.value })}
        >
          {sides.map((side) => (
            <option key={side} value={side}>
              {t(`side.${side}`)}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('popoverWidth')}>
          <Input
            placeholder="25vw"
            value={textOf(action.popoverWidth)}
            onChange={({ target }) => set({ popoverWidth: target.value || undefined })}
          />
        </Field>
        <Field label={t('popoverHeight')}>
          <Input
            placeholder="auto"
            value={textOf(action.popoverHeight)}
            onChange={({ target }) => set({ popoverHeight: target.value || undefined })}
          />
        </Field>
      </div>
      <SwitchRow
        label={t('hideOnClick')}
        checked={action.popoverHideOnClickOutside !== false}
        onChange={(checked) => set({ popoverHideOnClickOutside: checked })}
      />
    </>
  )
}
