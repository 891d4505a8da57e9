'use client'
import { Button, cn, IconButton } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { WidgetIcon } from '@thingwire/widgets/views'
import { ChevronDown, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { isJson, jsonOf, type Json } from '../../side/json.ts'
import { partOf } from '../focus-part.ts'
import { Grip, movedTo } from '../parts/reorder.tsx'
import { Section } from '../parts/section.tsx'
import { useSet } from '../parts/use-set.ts'
import { narrowed } from '../parts/narrowed.ts'
import { ActionForm } from './action-form.tsx'
import { actionTypes, isKnownSource, newAction, sourcesOf } from './action-sources.ts'

/** What clicks on a widget and its buttons do. */
export const ActionsTab = ({
  id,
  config,
  manifest,
}: {
  id: string
  config: Json
  manifest: WidgetManifest | undefined
}) => {
  const t = useTranslations('dashboardPanel')
  const actions = jsonOf(config.actions)
  const sources = sourcesOf(actions, manifest)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)]">
      {sources.map((source) => {
        const list = Array.isArray(actions[source]) ? actions[source].filter(isJson) : []
        return (
          <Section
            key={source}
            title={isKnownSource(source) ? t(`actionSource.${source}`) : source}
            isOpen={list.length > 0 || sources.length === 1}
            aside={list.length > 0 ? <span className="text-xs text-ink-3">{list.length}</span> : undefined}
          >
            <SourceActions id={id} source={source} list={list} />
          </Section>
        )
      })}
    </div>
  )
}

const SourceActions = ({ id, source, list }: { id: string; source: string; list: readonly Json[] }) => {
  const t = useTranslations('dashboardPanel')
  const set = useSet(id)
  const [open, setOpen] = useState<string | null>(null)
  const path = ['config', 'actions', source]
  const change = (next: readonly Json[]) => set(path, next.length === 0 ? undefined : next)
  const nameOf = ({ name }: Json) => (typeof name === 'string' && name !== '' ? name : t('unnamedAction'))
  const idOf = (action: Json, index: number) => (typeof action.id === 'string' ? action.id : String(index))
  return (
    <>
      {list.length > 0 ? (
        <ul data-rows className="grid grid-cols-[minmax(0,1fr)] gap-1">
          {list.map((action, index) => {
            const actionId = idOf(action, index)
            const isOpen = open === actionId
            const type = actionTypes.find((one) => one === action.type)
            return (
              <li key={actionId} {...partOf([...path, index])} className="overflow-hidden rounded-md border">
                <div className="flex h-9 items-center gap-1 pr-1 pl-0.5">
                  <Grip
                    index={index}
                    count={list.length}
                    label={nameOf(action)}
                    onMove={(from, to) => change(movedTo(list, from, to))}
                  />
                  <button
                    type="button"
                    aria-expanded={isOpen}
                    onClick={() => setOpen(isOpen ? null : actionId)}
                    className="flex h-full min-w-0 flex-1 items-center gap-2 text-left text-sm"
                  >
                    {typeof action.icon === 'string' ? <WidgetIcon name={action.icon} size={16} /> : null}
                    <span className="min-w-0 flex-1 truncate">{nameOf(action)}</span>
                    <span className="max-w-32 shrink-0 truncate text-2xs text-ink-3">
                      {type ? t(`actionType.${type}`) : String(action.type)}
                    </span>
                    <ChevronDown
                      aria-hidden
                      className={cn(
                        'size-4 shrink-0 text-ink-3 transition-transform duration-100',
                        isOpen && 'rotate-180',
                      )}
                    />
                  </button>
                  <IconButton
                    size="icon-sm"
                    label={t('removeAction', { name: nameOf(action) })}
                    onClick={() => change(list.toSpliced(index, 1))}
                  >
                    <Trash2 />
                  </IconButton>
                </div>
                {isOpen ? (
                  <ActionForm
                    action={action}
                    source={source}
                    onChange={(next) => {
                      const one = narrowed(action, next)
                      set([...path, index, ...one.path], one.value)
                    }}
                  />
                ) : null}
              </li>
            )
          })}
        </ul>
      ) : null}
      <Button
        onClick={() => {
          const made = newAction(source, list, t('newAction'), crypto.randomUUID())
          change([...list, made])
          setOpen(String(made.id))
        }}
      >
        <Plus />
        {t('addAction')}
      </Button>
    </>
  )
}
