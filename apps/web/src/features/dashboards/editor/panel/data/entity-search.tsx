'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { EntityId, EntityType } from '@thingwire/contracts'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { findEntities } from '../../../../../api/choices.ts'
import { ComboBox } from '../parts/combo-box.tsx'

const types = [
  'DEVICE',
  'ASSET',
  'ENTITY_VIEW',
  'CUSTOMER',
  'USER',
  'DASHBOARD',
  'EDGE',
] as const satisfies EntityType[]

/** Finds an entity by its name. */
export const EntitySearch = (p: {
  label: string
  /** Of one kind alone. */
  only?: (typeof types)[number]
  onPick: (entity: { id: EntityId; name: string }) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const [entityType, setType] = useState<(typeof types)[number]>(p.only ?? 'DEVICE')
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['entities-named', entityType, text],
    queryFn: ({ signal }) => findEntities(entityType, text, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <Field label={p.label} error={found.error?.message}>
      <div className="flex gap-2">
        {p.only ? null : (
          <Select
            aria-label={t('entityKind')}
            className="w-28 shrink-0"
            value={entityType}
            onChange={({ target }) => setType(types.find((one) => one === target.value) ?? 'DEVICE')}
          >
            {types.map((type) => (
              <option key={type} value={type}>
                {t(`entityType.${type}`)}
              </option>
            ))}
          </Select>
        )}
        <ComboBox
          label={p.label}
          isWide
          className="flex-1"
          placeholder={t('findEntity')}
          value={typed}
          options={(found.data ?? []).map(({ id, name }) => ({ id, text: name }))}
          onType={setTyped}
          onPick={({ id, text: name }) => {
            setTyped('')
            p.onPick({ id: { entityType, id }, name })
          }}
        />
      </div>
    </Field>
  )
}
