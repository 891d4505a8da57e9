'use client'
import { Button } from '@thingwire/ui'
import { behaviorSchema, behaviorSettings, type SymbolBehavior } from '@thingwire/widgets/symbols'
import { ChevronRight, RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { SchemaForm } from '@/components/schema-form/schema-form.tsx'
import { ActionKindForm } from '../panel/actions/action-kind-form.tsx'
import { actionTypes } from '../panel/actions/action-sources.ts'
import type { Json } from '../side/json.ts'
import { summaryOfRead, summaryOfWrite } from './behavior-summary.ts'

type Props = {
  behavior: readonly SymbolBehavior[]
  stored: Json
  /** Undefined: back to what the symbol does by itself. */
  onChange: (id: string, value: unknown) => void
}

/** All that a symbol reads and does, folded to a line each that says from where and to where. */
export const BehaviorList = ({ behavior, stored, onChange }: Props) => {
  const groups = Map.groupBy(behavior, ({ group }) => group)
  return [...groups].map(([group, members]) => (
    <section key={group} aria-label={group || undefined} className="grid grid-cols-[minmax(0,1fr)]">
      {group ? <h4 className="pb-1 text-xs font-medium text-ink-3 first-letter:uppercase">{group}</h4> : null}
      <div className="divide-y rounded-md border">
        {members.map((one) => (
          <BehaviorItem
            key={one.id}
            behavior={one}
            stored={stored[one.id]}
            onChange={(value) => onChange(one.id, value)}
          />
        ))}
      </div>
    </section>
  ))
}

const noProblems: readonly never[] = []

const BehaviorItem = (p: { behavior: SymbolBehavior; stored: unknown; onChange: (value: unknown) => void }) => {
  const t = useTranslations('symbolForm')
  const { behavior } = p
  const settings = behaviorSettings(behavior, p.stored)
  const schema = useMemo(() => behaviorSchema(behavior), [behavior])
  const isChanged = p.stored !== undefined
  return (
    <details className="group/item">
      <summary className="grid cursor-pointer list-none grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 px-2.5 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 text-ink-3 transition-transform duration-100 group-open/item:rotate-90"
        />
        <span className="truncate text-sm font-medium">{behavior.name || behavior.id}</span>
        {isChanged ? (
          <span title={t('changed')} className="size-1.5 rounded-full bg-accent">
            <span className="sr-only">{t('changed')}</span>
          </span>
        ) : null}
        <span className="col-start-2 truncate text-xs text-ink-3">
          <Summary behavior={behavior} settings={settings} />
        </span>
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t bg-sunken/40 px-3 py-3">
        {behavior.hint ? <p className="text-xs text-ink-3">{behavior.hint}</p> : null}
        {schema ? (
          <SchemaForm schema={schema} value={settings} problems={noProblems} showsAll onChange={p.onChange} />
        ) : (
          <ActionKindForm action={{ type: 'doNothing', ...settings }} onChange={p.onChange} />
        )}
        {isChanged ? (
          <div>
            <Button size="sm" variant="ghost" className="-ml-2" onClick={() => p.onChange(undefined)}>
              <RotateCcw />
              {t('reset')}
            </Button>
          </div>
        ) : null}
      </div>
    </details>
  )
}

const Summary = ({ behavior, settings }: { behavior: SymbolBehavior; settings: Json }) => {
  const t = useTranslations('symbolForm')
  const panel = useTranslations('dashboardPanel')
  if (behavior.type === 'widgetAction') {
    const known = actionTypes.find((type) => type === (settings.type ?? 'doNothing'))
    return known ? panel(`actionType.${known}`) : String(settings.type)
  }
  if (behavior.type === 'value') {
    const { key, values } = summaryOfRead(settings)
    return t(`summary.value.${key}`, values)
  }
  const { key, values } = summaryOfWrite(settings)
  return t(`summary.action.${key}`, values)
}
