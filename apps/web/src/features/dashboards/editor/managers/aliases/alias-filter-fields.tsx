'use client'
import { useQuery } from '@tanstack/react-query'
import { aliasFilterTypes } from '@thingwire/dashboards'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { listAssetProfileNames, listDeviceProfileNames } from '@/api/choices.ts'
import { SwitchRow } from '@/components/switch-row.tsx'
import { isJson, type Json } from '../../side/json.ts'
import { TextChips } from '../text-chips.tsx'
import {
  isAliasKind,
  mayBeMany,
  namedKinds,
  searchMembers,
  textIn,
  textsIn,
  typedMembers,
  typeOfFilter,
  viewerKinds,
  withType,
} from './alias-filters.ts'
import { EntityFields, KindField } from './entity-fields.tsx'
import { EntityListField } from './entity-list-field.tsx'
import { SearchFields } from './search-fields.tsx'
import { StateEntityFields } from './state-entity-fields.tsx'

type Props = { filter: Json; onChange: (filter: Json) => void }

/** The type of an alias's filter and the fields of that type. */
export const AliasFilterFields = ({ filter, onChange }: Props) => {
  const t = useTranslations('dashboardManagers')
  const type = typeOfFilter(filter)
  return (
    <>
      <Field label={t('filterType')} hint={type ? t(`filterHints.${type}`) : undefined}>
        <Select
          value={type ?? ''}
          onChange={({ target }) => {
            const chosen = aliasFilterTypes.find((one) => one === target.value)
            if (chosen) onChange(withType(filter, chosen))
          }}
        >
          {type === null ? <option value="">{textIn(filter.type)}</option> : null}
          {aliasFilterTypes.map((one) => (
            <option key={one} value={one}>
              {t(`filterTypes.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Members filter={filter} onChange={onChange} />
      {type !== null && mayBeMany(type) ? (
        <SwitchRow
          label={t('resolveMultiple')}
          hint={t('resolveMultipleHint')}
          checked={filter.resolveMultiple === true}
          onChange={(resolveMultiple) => onChange({ ...filter, resolveMultiple })}
        />
      ) : null}
    </>
  )
}

const Members = ({ filter, onChange }: Props) => {
  const t = useTranslations('dashboardManagers')
  const type = typeOfFilter(filter)
  const set = (members: Json) => onChange({ ...filter, ...members })
  const kind = (
    <KindField
      label={t('kind')}
      kinds={namedKinds}
      value={isAliasKind(filter.entityType) ? filter.entityType : null}
      onChange={(entityType) => set({ entityType, ...(type === 'entityList' && { entityList: [] }) })}
    />
  )
  switch (type) {
    case null:
    case 'apiUsageState':
      return null
    case 'singleEntity':
      return (
        <EntityFields
          label={t('entity')}
          kinds={[...namedKinds, ...viewerKinds]}
          entity={isJson(filter.singleEntity) ? filter.singleEntity : null}
          onChange={(singleEntity) => set({ singleEntity })}
        />
      )
    case 'entityList':
      return (
        <>
          {kind}
          <EntityListField
            entityType={isAliasKind(filter.entityType) ? filter.entityType : 'DEVICE'}
            ids={textsIn(filter.entityList)}
            onChange={(entityList) => set({ entityList })}
          />
        </>
      )
    case 'entityName':
      return (
        <>
          {kind}
          <NameField value={filter.entityNameFilter} onChange={(entityNameFilter) => set({ entityNameFilter })} />
        </>
      )
    case 'entityType':
      return kind
    case 'stateEntity':
      return <StateEntityFields filter={filter} onChange={onChange} />
    case 'assetType':
    case 'deviceType':
    case 'edgeType':
    case 'entityViewType': {
      const members = typedMembers[type]
      // Older files name one type.
      const types = [...new Set([...textsIn(filter[members.types]), ...textsIn([filter[members.older]])])].filter(
        (one) => one !== '',
      )
      return (
        <>
          <TypesField
            entityType={members.entityType}
            isNeeded
            items={types}
            onChange={(items) => {
              const { [members.older]: _one, ...rest } = filter
              onChange({ ...rest, [members.types]: items })
            }}
          />
          <NameField value={filter[members.name]} onChange={(name) => set({ [members.name]: name })} />
        </>
      )
    }
    case 'relationsQuery':
      return <SearchFields filter={filter} onChange={onChange} hasFilters />
    case 'assetSearchQuery':
    case 'deviceSearchQuery':
    case 'edgeSearchQuery':
    case 'entityViewSearchQuery': {
      const { types, entityType } = searchMembers[type]
      return (
        <>
          <SearchFields filter={filter} onChange={onChange} />
          <TypesField
            entityType={entityType}
            items={textsIn(filter[types])}
            onChange={(items) => set({ [types]: items })}
          />
        </>
      )
    }
  }
}

const NameField = ({ value, onChange }: { value: unknown; onChange: (name: string) => void }) => {
  const t = useTranslations('dashboardManagers')
  return (
    <Field label={t('nameFilter')} hint={t('nameFilterHint')}>
      <Input value={textIn(value)} maxLength={255} onChange={({ target }) => onChange(target.value)} />
    </Field>
  )
}

const namesOf = { DEVICE: listDeviceProfileNames, ASSET: listAssetProfileNames } as const

const TypesField = (p: {
  entityType: 'DEVICE' | 'ASSET' | 'EDGE' | 'ENTITY_VIEW'
  items: readonly string[]
  isNeeded?: boolean
  onChange: (items: readonly string[]) => void
}) => {
  const t = useTranslations('dashboardManagers')
  const { entityType } = p
  const hasProfiles = entityType === 'DEVICE' || entityType === 'ASSET'
  const names = useQuery({
    queryKey: ['profile-names', entityType],
    enabled: hasProfiles,
    queryFn: ({ signal }) => (hasProfiles ? namesOf[entityType](signal) : []),
    staleTime: 60_000,
    retry: false,
  })
  return (
    <TextChips
      label={t('types')}
      hint={t(p.isNeeded ? 'typesHint' : 'typesAnyHint')}
      error={p.isNeeded && p.items.length === 0 ? t('typesMissing') : undefined}
      items={p.items}
      offered={names.data ?? []}
      onChange={p.onChange}
    />
  )
}
