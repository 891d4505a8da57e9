'use client'
import { type AliasFilterType, aliasFilterTypes } from '@thingwire/dashboards'
import { putAlias, removeAlias, usesOfAlias } from '@thingwire/dashboards/edit'
import { Field, Input } from '@thingwire/ui'
import { CopyPlus, Group, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { type Json, jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { useProblems } from '../../store/use-problems.ts'
import { freeName } from '../free-name.ts'
import { type ManagerProps, ManagedAction, ManagedActions, ManagerFrame } from '../manager-frame.tsx'
import { RemoveUsed, UseList } from '../uses.tsx'
import { AliasFilterFields } from './alias-filter-fields.tsx'
import { AliasPreview } from './alias-preview.tsx'

const nameOf = (alias: unknown): string => String(jsonOf(alias).alias ?? '')
const typeOf = (filter: Json): AliasFilterType | undefined => aliasFilterTypes.find((type) => type === filter.type)

/** All aliases of the dashboard, and the one that is open with what it finds. */
export const AliasManager = ({ id, choose }: ManagerProps) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const aliases = jsonOf(useConfiguration().entityAliases)
  const broken = new Set(
    useProblems().flatMap((one) => (one.in === 'alias' && one.severity === 'error' ? [one.id] : [])),
  )
  const add = (alias: Json) => {
    const made = crypto.randomUUID()
    store.run(putAlias(made, alias))
    store.endStep()
    choose(made)
  }
  const items = Object.entries(aliases).map(([aliasId, alias]) => {
    const type = typeOf(jsonOf(jsonOf(alias).filter))
    return {
      id: aliasId,
      name: nameOf(alias),
      note: type ? t(`filterTypes.${type}`) : '',
      hasError: broken.has(aliasId),
    }
  })
  const taken = items.map(({ name }) => name)
  return (
    <ManagerFrame
      label={t('aliases')}
      items={items}
      id={id}
      choose={choose}
      add={{
        label: t('newAlias'),
        onAdd: () =>
          add({
            alias: freeName(t('newAlias'), taken),
            filter: { type: 'deviceType', resolveMultiple: true, deviceTypes: [], deviceNameFilter: '' },
          }),
      }}
      empty={{ icon: <Group />, title: t('noAliases'), text: t('noAliasesText') }}
    >
      {id === null ? null : (
        <AliasForm
          id={id}
          alias={jsonOf(aliases[id])}
          onDuplicate={(alias) => add({ ...alias, alias: freeName(t('copyOf', { name: nameOf(alias) }), taken) })}
          onGone={() => choose(null)}
        />
      )}
    </ManagerFrame>
  )
}

type FormProps = { id: string; alias: Json; onDuplicate: (alias: Json) => void; onGone: () => void }

const AliasForm = ({ id, alias, onDuplicate, onGone }: FormProps) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const uses = useMemo(() => usesOfAlias(configuration, id), [configuration, id])
  const hasNameProblem = useProblems().some(
    (one) => one.in === 'alias' && one.id === id && one.kind === 'sameAliasName',
  )
  const [isAsked, ask] = useState(false)
  const name = nameOf(alias)
  const put = (members: Json) => store.run(putAlias(id, { alias: name, ...members }))
  const remove = () => {
    store.run(removeAlias(id))
    onGone()
  }
  return (
    <>
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label={t('name')} error={hasNameProblem ? t('nameMissing') : undefined}>
            <Input value={name} maxLength={255} onChange={({ target }) => put({ alias: target.value })} />
          </Field>
        </div>
        <ManagedActions>
          <ManagedAction label={t('duplicate')} icon={<CopyPlus />} onClick={() => onDuplicate(alias)} />
          <ManagedAction
            label={t('delete')}
            icon={<Trash2 />}
            onClick={() => (uses.length > 0 ? ask(true) : remove())}
          />
        </ManagedActions>
      </div>
      <AliasFilterFields filter={jsonOf(alias.filter)} onChange={(filter) => put({ filter })} />
      <AliasPreview id={id} alias={alias} />
      <UseList uses={uses} />
      {isAsked ? <RemoveUsed name={name} uses={uses} onRemove={remove} onClose={() => ask(false)} /> : null}
    </>
  )
}
