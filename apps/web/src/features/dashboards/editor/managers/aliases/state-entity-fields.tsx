'use client'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { isJson, type Json } from '../../side/json.ts'
import { namedKinds, textIn, viewerKinds } from './alias-filters.ts'
import { EntityFields } from './entity-fields.tsx'

type Props = { filter: Json; onChange: (filter: Json) => void }

/** Which entity of a state stands there, and which while it has none. */
export const StateEntityFields = ({ filter, onChange }: Props) => {
  const t = useTranslations('dashboardManagers')
  return (
    <>
      <Field label={t('paramName')} hint={t('paramNameHint')}>
        <Input
          value={textIn(filter.stateEntityParamName)}
          maxLength={255}
          onChange={({ target }) => onChange({ ...filter, stateEntityParamName: target.value || null })}
        />
      </Field>
      <EntityFields
        label={t('defaultEntity')}
        hint={t('defaultEntityHint')}
        kinds={[...namedKinds, ...viewerKinds]}
        entity={isJson(filter.defaultStateEntity) ? filter.defaultStateEntity : null}
        onChange={(defaultStateEntity) => onChange({ ...filter, defaultStateEntity })}
      />
    </>
  )
}
