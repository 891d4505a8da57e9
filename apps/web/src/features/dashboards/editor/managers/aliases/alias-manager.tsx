'use client'
import { aliasFilterTypes } from '@thingwire/dashboards'
import { putAlias, removeAlias, usesOfAlias } from '@thingwire/dashboards/edit'
import { Group } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { jsonOf } from '../../side/json.ts'
import type { ManagerProps } from '../manager-frame.tsx'
import { type NamedKind, NamedManager } from '../named-manager.tsx'
import { AliasFilterFields } from './alias-filter-fields.tsx'
import { AliasPreview } from './alias-preview.tsx'

const aliases: NamedKind = {
  kind: 'alias',
  stored: (configuration) => configuration.entityAliases,
  fresh: { filter: { type: 'deviceType', resolveMultiple: true, deviceTypes: [], deviceNameFilter: '' } },
  put: (id, alias) => putAlias(id, alias),
  remove: removeAlias,
  usesOf: usesOfAlias,
}

/** All aliases of the dashboard, and the one that is open with what it finds. */
export const AliasManager = (p: ManagerProps) => {
  const t = useTranslations('dashboardManagers')
  return (
    <NamedManager
      {...p}
      of={aliases}
      texts={{ list: t('aliases'), add: t('newAlias'), none: t('noAliases'), noneText: t('noAliasesText') }}
      icon={<Group />}
      noteOf={(alias) => {
        const type = aliasFilterTypes.find((one) => one === jsonOf(alias.filter).type)
        return type ? t(`filterTypes.${type}`) : ''
      }}
      form={(id, alias, put) => (
        <>
          <AliasFilterFields filter={jsonOf(alias.filter)} onChange={(filter) => put({ filter })} />
          <AliasPreview id={id} alias={alias} />
        </>
      )}
    />
  )
}
