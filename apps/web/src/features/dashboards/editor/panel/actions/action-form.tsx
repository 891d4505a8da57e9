'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Input, Select, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { findEntity } from '../../../../../api/choices.ts'
import { parseTyped } from '../../../../../components/value-text.ts'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import { jsonOf, type Json } from '../../side/json.ts'
import { useConfiguration } from '../../store/use-editor.ts'
import { EntitySearch } from '../data/entity-search.tsx'
import { CodeField } from '../parts/code-field.tsx'
import { ColorField } from '../parts/color-input.tsx'
import { IconInput } from '../parts/icon-input.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { SettledInput } from '../parts/settled-input.tsx'
import { type ActionType, actionTypes, hasButtons, withType } from './action-sources.ts'

type FormProps = { action: Json; set: (members: Json) => void }

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)

/** What one action is called, and what it does. */
export const ActionForm = (p: { action: Json; source: string; onChange: (action: Json) => void }) => {
  const t = useTranslations('dashboardPanel')
  const { action, source } = p
  const set = (members: Json) => {
    const merged = { ...action, ...members }
    p.onChange(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)))
  }
  const type = actionTypes.find((one) => one === action.type)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t bg-sunken/40 p-3">
      <Field label={t('actionName')} hint={source === 'tooltipAction' ? t('tooltipActionHint') : undefined}>
        <Input value={textOf(action.name)} onChange={({ target }) => set({ name: target.value })} />
      </Field>
      {hasButtons(source) ? (
        <>
          <Field label={t('actionIcon')}>
            <IconInput
              isLabelled
              label={t('actionIcon')}
              value={textOf(action.icon)}
              onChange={(icon) => set({ icon, showIcon: icon !== '' })}
            />
          </Field>
          <ColorField
            label={t('actionColor')}
            value={textOf(action.buttonColor)}
            onChange={(color) => set({ buttonColor: color || undefined })}
          />
        </>
      ) : null}
      {source === 'cellClick' ? (
        <NumberField
          label={t('columnIndex')}
          hint={t('columnIndexHint')}
          value={numberOf(action.columnIndex)}
          least={0}
          isWhole
          onChange={(columnIndex) => set({ columnIndex })}
        />
      ) : null}
      <Field label={t('actionDoes')}>
        <Select
          value={type ?? ''}
          onChange={({ target }) => {
            const next = actionTypes.find((one) => one === target.value)
            if (next) p.onChange(withType(action, next))
          }}
        >
          {type ? null : <option value="">{String(action.type)}</option>}
          {actionTypes.map((one) => (
            <option key={one} value={one}>
              {t(`actionType.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {type ? <TypeFields type={type} action={action} set={set} /> : null}
      {hasButtons(source) ? (
        <>
          <SwitchRow
            label={t('shownWhen')}
            checked={action.useShowWidgetActionFunction === true}
            onChange={(checked) => set({ useShowWidgetActionFunction: checked })}
          />
          {action.useShowWidgetActionFunction === true ? (
            <CodeField
              label={t('shownFunction')}
              args="widgetContext, data"
              value={action.showWidgetActionFunction ?? 'return true;'}
              onChange={(code) => set({ showWidgetActionFunction: code })}
            />
          ) : null}
        </>
      ) : null}
    </div>
  )
}

const TypeFields = ({ type, ...p }: FormProps & { type: ActionType }) => {
  switch (type) {
    case 'openDashboardState':
      return <OpenState {...p} isOpening />
    case 'updateDashboardState':
      return <OpenState {...p} isOpening={false} />
    case 'openDashboard':
      return <OpenDashboard {...p} />
    case 'openURL':
      return <OpenUrl {...p} />
    case 'rpc':
      return <Rpc {...p} />
    case 'setAttribute':
      return <SetAttribute {...p} />
    case 'custom':
    case 'customPretty':
      return <Custom {...p} isPretty={type === 'customPretty'} />
    case 'mobileAction':
      return <Mobile {...p} />
    case 'placeMapItem':
      return <MapItem {...p} />
    case 'openEntity':
    case 'doNothing':
      return null
  }
}

const StateFields = ({ action, set }: FormProps) => {
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

const OpenState = ({ action, set, isOpening }: FormProps & { isOpening: boolean }) => {
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

const DialogFields = ({ action, set }: FormProps) => {
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

const PopoverFields = ({ action, set }: FormProps) => {
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

const OpenDashboard = ({ action, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  const id = textOf(action.targetDashboardId)
  const found = useQuery({
    queryKey: ['entity-name', 'DASHBOARD', id],
    queryFn: ({ signal }) => findEntity('DASHBOARD', id, signal),
    enabled: id !== '',
    retry: false,
  })
  return (
    <>
      <p className="text-sm">
        {id === '' ? t('noDashboard') : found.isFetched && !found.data ? t('dashboardLost') : (found.data?.name ?? id)}
      </p>
      <EntitySearch
        label={t('targetDashboard')}
        only="DASHBOARD"
        onPick={(dashboard) => set({ targetDashboardId: dashboard.id.id })}
      />
      <Field label={t('targetStateId')} hint={t('targetStateIdHint')}>
        <Input
          value={textOf(action.targetDashboardStateId)}
          onChange={({ target }) => set({ targetDashboardStateId: target.value || undefined })}
        />
      </Field>
      <StateFields action={action} set={set} />
      <NewTab action={action} set={set} />
    </>
  )
}

const NewTab = ({ action, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <SwitchRow
      label={t('newTab')}
      checked={action.openNewBrowserTab === true}
      onChange={(checked) => set({ openNewBrowserTab: checked })}
    />
  )
}

const OpenUrl = ({ action, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <Field label={t('url')} hint={t('urlHint')}>
        <Input
          value={textOf(action.url)}
          spellCheck={false}
          placeholder="https://example.org/${entityName}"
          onChange={({ target }) => set({ url: target.value })}
        />
      </Field>
      <NewTab action={action} set={set} />
    </>
  )
}

const valueText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

const Rpc = ({ action, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <Field label={t('method')}>
        <Input
          value={textOf(action.method)}
          spellCheck={false}
          onChange={({ target }) => set({ method: target.value })}
        />
      </Field>
      <Field label={t('params')} hint={t('jsonHint')}>
        <SettledInput value={valueText(action.params)} onChange={(text) => set({ params: parseTyped(text) })} />
      </Field>
      <NumberField
        label={t('timeout')}
        value={(numberOf(action.requestTimeout) ?? 5_000) / 1_000}
        least={0.1}
        most={600}
        isNeeded
        onChange={(seconds) => set({ requestTimeout: Math.round((seconds ?? 5) * 1_000) })}
      />
      <SwitchRow
        label={t('oneWay')}
        checked={action.oneWay === true}
        onChange={(checked) => set({ oneWay: checked })}
      />
      <SwitchRow
        label={t('persistent')}
        checked={action.requestPersistent === true}
        onChange={(checked) => set({ requestPersistent: checked })}
      />
    </>
  )
}

const SetAttribute = ({ action, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  const scopes = ['SERVER_SCOPE', 'SHARED_SCOPE'] as const
  return (
    <>
      <Field label={t('attributeScope')}>
        <Select value={textOf(action.scope)} onChange={({ target }) => set({ scope: target.value })}>
          {scopes.map((scope) => (
            <option key={scope} value={scope}>
              {t(`scope.${scope}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('attributeKey')}>
        <Input value={textOf(action.key)} spellCheck={false} onChange={({ target }) => set({ key: target.value })} />
      </Field>
      <Field label={t('attributeValue')} hint={t('jsonHint')}>
        <SettledInput value={valueText(action.value)} onChange={(text) => set({ value: parseTyped(text) })} />
      </Field>
    </>
  )
}

const Custom = ({ action, set, isPretty }: FormProps & { isPretty: boolean }) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <p className="text-xs text-ink-3">{t('customHint')}</p>
      {isPretty ? (
        <>
          <Field label={t('customHtml')}>
            <Textarea
              value={textOf(action.customHtml)}
              spellCheck={false}
              className="font-mono text-xs"
              onChange={({ target }) => set({ customHtml: target.value })}
            />
          </Field>
          <Field label={t('customCss')}>
            <Textarea
              value={textOf(action.customCss)}
              spellCheck={false}
              className="font-mono text-xs"
              onChange={({ target }) => set({ customCss: target.value })}
            />
          </Field>
        </>
      ) : null}
      <CodeField
        label={t('customCode')}
        args="$event, widgetContext, entityId, entityName, additionalParams, entityLabel"
        value={action.customFunction}
        onChange={(code) => set({ customFunction: code })}
      />
    </>
  )
}

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

const Mobile = ({ action, set }: FormProps) => {
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

const MapItem = ({ action, set }: FormProps) => {
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
