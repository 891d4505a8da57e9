'use client'
import type { EntityId } from '@thingwire/contracts'
import { type Command, putAlias } from '@thingwire/dashboards/edit'
import { Button, Field, Select } from '@thingwire/ui'
import { Settings2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { dataOfEntity } from '../../library/library-data.ts'
import { jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { EntitySearch } from './entity-search.tsx'

/** The alias under which an entity is known, made when there is none. */
const useAliasFor = () => {
  const configuration = useConfiguration()
  return (entity: { id: EntityId; name: string }): { aliasId: string; command: Command | null } => {
    const { aliasId, name, filter } = dataOfEntity(configuration, entity, () => crypto.randomUUID())
    const isKnown = Object.hasOwn(jsonOf(configuration.entityAliases), aliasId)
    return { aliasId, command: isKnown ? null : putAlias(aliasId, { alias: name, filter }) }
  }
}

/** Which entities: an alias of the dashboard, or one entity for which an alias is made. */
export const AliasFields = (p: {
  aliasId: string | null
  error?: string | undefined
  choose: (aliasId: string, made: Command | null) => void
  /** Words for no alias, where that is allowed. */
  none?: string
  onNone?: () => void
}) => {
  const t = useTranslations('dashboardPanel')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const aliasFor = useAliasFor()
  const aliases = Object.entries(jsonOf(configuration.entityAliases))
  const isLost = p.aliasId !== null && !aliases.some(([id]) => id === p.aliasId)
  return (
    <>
      <Field
        label={t('alias')}
        hint={t('aliasHint')}
        error={isLost ? t('aliasLost') : p.error}
        aside={
          <Button size="sm" variant="ghost" onClick={() => store.manage('aliases', p.aliasId)}>
            <Settings2 />
            {t('manage')}
          </Button>
        }
      >
        <Select
          value={p.aliasId ?? ''}
          onChange={({ target }) => (target.value === '' ? p.onNone?.() : p.choose(target.value, null))}
        >
          <option value="" disabled={p.none === undefined}>
            {p.none ?? t('chooseAlias')}
          </option>
          {isLost ? <option value={p.aliasId ?? ''}>{p.aliasId}</option> : null}
          {aliases.map(([aliasId, alias]) => (
            <option key={aliasId} value={aliasId}>
              {String(jsonOf(alias).alias ?? aliasId)}
            </option>
          ))}
        </Select>
      </Field>
      <EntitySearch
        label={t('orEntity')}
        onPick={(entity) => {
          const { aliasId, command } = aliasFor(entity)
          p.choose(aliasId, command)
        }}
      />
    </>
  )
}
