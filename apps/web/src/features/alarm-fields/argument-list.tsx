'use client'
import { Button, Card, CardHeader } from '@thingwire/ui'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { argumentsIn, ruleFields } from './alarm-field-form.ts'
import { type NamedArgument, newArgument, withMember, without, withRenamed } from './alarm-field-model.ts'
import { ArgumentRow } from './argument-row.tsx'
import type { AlarmFieldEdit } from './use-alarm-field-edit.ts'

/** What the conditions look at, each under a name of its own. */
export const ArgumentList = ({ field }: { field: AlarmFieldEdit }) => {
  const t = useTranslations('alarmFields')
  const all = argumentsIn(field.values)
  const put = (next: readonly NamedArgument[]) => field.set('arguments', JSON.stringify(next))
  /** Conditions that name it go along, unless two arguments would then be one; the first one fills what is open. */
  const change = (index: number, changed: NamedArgument) => {
    const from = all[index]?.name ?? ''
    put(withMember(all, index, changed))
    if (from === changed.name || changed.name === '') return
    const isFirst = from === '' && all.every(({ name }) => name === '')
    if (all.some(({ name }, place) => place !== index && (name === changed.name || (name === from && !isFirst)))) return
    for (const rule of ruleFields) {
      const text = field.values[rule]
      const renamed = withRenamed(text, from, changed.name)
      if (renamed !== text) field.set(rule, renamed)
    }
  }
  const whole = field.problemAt('arguments')
  return (
    <Card>
      <CardHeader title={t('arguments')} description={t('argumentsText')} />
      <ul className="divide-y">
        {all.map((argument, index) => (
          <ArgumentRow
            // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed
            key={index}
            argument={argument}
            taken={without(all, index).map(({ name }) => name)}
            onChange={(changed) => change(index, changed)}
            onRemove={all.length > 1 ? () => put(without(all, index)) : null}
            at={(...path) => field.problemAt('arguments', index, ...path)}
          />
        ))}
      </ul>
      {whole ? (
        <p role="alert" className="px-4 pt-3 text-xs text-danger-text">
          {whole}
        </p>
      ) : null}
      <div className="border-t px-3 py-2">
        <Button size="sm" variant="ghost" onClick={() => put([...all, newArgument()])}>
          <Plus />
          {t('addArgument')}
        </Button>
      </div>
    </Card>
  )
}
