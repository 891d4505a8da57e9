'use client'
import type { Use } from '@thingwire/dashboards/edit'
import { Field, Input } from '@thingwire/ui'
import { CopyPlus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useState } from 'react'
import { type Json, jsonOf } from '../side/json.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'
import { useProblems } from '../store/use-problems.ts'
import { freeName } from './free-name.ts'
import { ManagedAction, ManagedActions, ManagerFrame, type ManagerProps } from './manager-frame.tsx'
import { useOpenId } from './use-open-id.ts'
import { RemoveUsed, UseList } from './uses.tsx'

type Configuration = ReturnType<typeof useConfiguration>
type Change = Parameters<EditorStore['run']>[0]

/** A kind of things that a dashboard has by id, each with a name, and that its widgets refer to. */
export type NamedKind = {
  /** As problems and uses call it; the member that holds its name is called so, too. */
  kind: 'alias' | 'filter'
  stored: (configuration: Configuration) => unknown
  /** What a new one is, without its name. */
  fresh: Json
  put: (id: string, one: Json) => Change
  remove: (id: string) => Change
  usesOf: (configuration: Configuration, id: string) => readonly Use[]
}

type Texts = { list: string; add: string; none: string; noneText: string }

type Props = ManagerProps & {
  of: NamedKind
  texts: Texts
  icon: ReactNode
  noteOf?: (one: Json) => string
  /** The form of the one that is open; `put` sets members of it. */
  form: (id: string, one: Json, put: (members: Json) => void) => ReactNode
}

/** All of a kind, and the one that is open: its name, its form, what uses it. */
export const NamedManager = ({ of, texts, icon, noteOf, form, id: chosen, choose }: Props) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const all = jsonOf(of.stored(useConfiguration()))
  const problems = useProblems()
  const nameOf = (one: unknown): string => String(jsonOf(one)[of.kind] ?? '')
  const broken = new Set(problems.flatMap((one) => (one.in === of.kind && one.severity === 'error' ? [one.id] : [])))
  const items = Object.entries(all).map(([itemId, one]) => ({
    id: itemId,
    name: nameOf(one),
    note: noteOf?.(jsonOf(one)) ?? '',
    hasError: broken.has(itemId),
  }))
  const id = useOpenId(chosen, items)
  const taken = items.map(({ name }) => name)
  const add = (one: Json, name: string) => {
    const made = crypto.randomUUID()
    store.run(of.put(made, { ...one, [of.kind]: freeName(name, taken) }))
    store.endStep()
    choose(made)
  }
  const open = id === null ? null : jsonOf(all[id])
  return (
    <ManagerFrame
      label={texts.list}
      items={items}
      id={id}
      choose={choose}
      add={{ label: texts.add, onAdd: () => add(of.fresh, texts.add) }}
      empty={{ icon, title: texts.none, text: texts.noneText }}
    >
      {id === null || open === null ? null : (
        <Item
          of={of}
          id={id}
          name={nameOf(open)}
          onDuplicate={() => add(open, t('copyOf', { name: nameOf(open) }))}
          onGone={() => choose(null)}
        >
          {(put) => form(id, open, put)}
        </Item>
      )}
    </ManagerFrame>
  )
}

const Item = (p: {
  of: NamedKind
  id: string
  name: string
  onDuplicate: () => void
  onGone: () => void
  children: (put: (members: Json) => void) => ReactNode
}) => {
  const { of, id, name } = p
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const uses = useMemo(() => of.usesOf(configuration, id), [of, configuration, id])
  const isSameName = useProblems().some((one) => one.in === of.kind && one.id === id && one.kind === 'sameAliasName')
  const [isAsked, ask] = useState(false)
  const put = (members: Json) => store.run(of.put(id, { [of.kind]: name, ...members }))
  const remove = () => {
    store.run(of.remove(id))
    p.onGone()
  }
  return (
    <>
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label={t('name')} error={isSameName || name.trim() === '' ? t('nameMissing') : undefined}>
            <Input value={name} maxLength={255} onChange={({ target }) => put({ [of.kind]: target.value })} />
          </Field>
        </div>
        <ManagedActions>
          <ManagedAction label={t('duplicate')} icon={<CopyPlus />} onClick={p.onDuplicate} />
          <ManagedAction
            label={t('delete')}
            icon={<Trash2 />}
            onClick={() => (uses.length > 0 ? ask(true) : remove())}
          />
        </ManagedActions>
      </div>
      {p.children(put)}
      <UseList uses={uses} />
      {isAsked ? <RemoveUsed name={name} uses={uses} onRemove={remove} onClose={() => ask(false)} /> : null}
    </>
  )
}
