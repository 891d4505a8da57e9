'use client'
import { useQuery } from '@tanstack/react-query'
import { IconButton } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { findEntitiesByIds } from '@/api/choices.ts'
import { EntityPicker } from '@/features/rule-editor/panels/editors/entity-picker.tsx'
import type { AliasKind } from './alias-filters.ts'

type Props = { entityType: AliasKind; ids: readonly string[]; onChange: (ids: readonly string[]) => void }

/** Entities chosen one by one. */
export const EntityListField = ({ entityType, ids, onChange }: Props) => {
  const t = useTranslations('dashboardManagers')
  const names = useQuery({
    queryKey: ['entities-by-id', entityType, ids],
    enabled: ids.length > 0,
    queryFn: ({ signal }) => findEntitiesByIds(entityType, ids, signal),
    placeholderData: (before) => before,
    staleTime: 30_000,
    retry: false,
  })
  const nameOf = new Map(names.data?.map(({ id, name }) => [id, name]))
  return (
    <div className="grid gap-2">
      {ids.length > 0 ? (
        <ul aria-label={t('entities')} className="flex max-h-48 flex-wrap gap-1.5 overflow-y-auto">
          {ids.map((id) => (
            <li
              key={id}
              className="flex min-w-0 items-center gap-0.5 rounded-md bg-sunken pl-2 text-xs ring-1 ring-line"
            >
              <span className="min-w-0 truncate py-1">{nameOf.get(id) ?? id}</span>
              <IconButton
                label={t('removeNamed', { what: nameOf.get(id) ?? id })}
                size="icon-sm"
                className="size-6"
                onClick={() => onChange(ids.filter((one) => one !== id))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      <EntityPicker
        label={t('addEntity')}
        entityType={entityType}
        id={null}
        onChange={(id) => {
          if (id !== null && !ids.includes(id)) onChange([...ids, id])
        }}
        onDone={noop}
      />
    </div>
  )
}

const noop = () => {}
