'use client'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { Json } from '../../side/json.ts'
import { type ActionType, actionTypes, withType } from './action-sources.ts'
import { Custom } from './kinds/code-fields.tsx'
import { Rpc, SetAttribute } from './kinds/command-fields.tsx'
import { MapItem, Mobile } from './kinds/device-fields.tsx'
import type { KindFormProps } from './kinds/kind-form.ts'
import { OpenDashboard, OpenUrl } from './kinds/open-fields.tsx'
import { OpenState } from './kinds/state-fields.tsx'

/** What an action does, and all that belongs to that: for actions of widgets, of maps and of symbols. */
export const ActionKindForm = (p: {
  action: Json
  /** What it is called where nothing else says it. */
  label?: string
  onChange: (action: Json) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const { action } = p
  const type = actionTypes.find((one) => one === action.type)
  return (
    <>
      <Field label={p.label ?? t('actionDoes')}>
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
      {type ? (
        <TypeFields type={type} action={action} set={(members) => p.onChange(withMembers(action, members))} />
      ) : null}
    </>
  )
}

/** With members set; undefined takes one out. */
export const withMembers = (action: Json, members: Json): Json =>
  Object.fromEntries(Object.entries({ ...action, ...members }).filter(([, value]) => value !== undefined))

const TypeFields = ({ type, ...p }: KindFormProps & { type: ActionType }) => {
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
