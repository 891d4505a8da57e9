'use client'
import { useMutation } from '@tanstack/react-query'
import type { EntityId } from '@thingwire/contracts'
import { Badge, Button, Field, Input, toast } from '@thingwire/ui'
import { Play } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { currentValue, testExpression } from '@/api/alarm-fields.ts'
import type { NamedArgument } from './alarm-field-model.ts'

/** What a person types as a value: a number, yes or no, or JSON where it is one, else the text itself. */
const plainOf = (text: string): unknown => {
  try {
    return text.trim() === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}

type Props = {
  text: string
  args: readonly NamedArgument[]
  /** Whom the rule is for, when that has values itself. */
  owner: EntityId | null
}

/** Whose value an argument is, as far as the rule alone says so: a profile has many entities, and each its owner. */
const holderOf = ({ refEntityId, refDynamicSourceConfiguration }: NamedArgument, owner: EntityId | null) =>
  refEntityId ?? (refDynamicSourceConfiguration ? null : owner)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Values as they are now, by argument; those that nobody has are left out. */
const currentValues = async (args: readonly NamedArgument[], owner: EntityId | null) => {
  const found = await Promise.all(
    args.map(async (one) => {
      const holder = holderOf(one, owner)
      const value = holder?.id && one.refEntityKey.key ? await currentValue(holder, one.refEntityKey) : undefined
      return value === undefined || value === null ? [] : [[one.name, textOf(value)] as const]
    }),
  )
  return Object.fromEntries(found.flat())
}

/** Runs an expression on the server with values that somebody gives it; nothing else comes of it. */
export const TryExpression = ({ text, args, owner }: Props) => {
  const t = useTranslations('alarmFields')
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({})
  const named = args.filter(({ name }) => name.trim() !== '')
  const valueText = ({ name, defaultValue }: NamedArgument) => given[name] ?? defaultValue ?? ''
  const run = useMutation({
    mutationFn: async () => {
      const ts = Date.now()
      const answer = await testExpression(
        text,
        Object.fromEntries(named.map((one) => [one.name.trim(), { ts, value: plainOf(valueText(one)) }])),
      )
      return { ...answer, text, given }
    },
  })
  const take = useMutation({
    mutationFn: () => currentValues(named, owner),
    onSuccess: (values) => setGiven((known) => ({ ...known, ...values })),
    onError: (error) => toast.failed(t('notTaken'), error.message),
  })
  const hasCurrent = named.some((one) => holderOf(one, owner)?.id)
  const result = run.data
  const isStale = result !== undefined && (result.text !== text || result.given !== given)
  return (
    <div className="grid gap-3 rounded-md bg-sunken p-3">
      <div className="grid gap-3 sm:grid-cols-3">
        {named.map((one) => (
          <Field key={one.name} label={<span className="font-mono">{one.name}</span>}>
            <Input
              autoComplete="off"
              value={valueText(one)}
              onChange={({ target }) => setGiven({ ...given, [one.name]: target.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                run.mutate()
              }}
            />
          </Field>
        ))}
      </div>
      <div className="flex min-h-7 flex-wrap items-center gap-3 text-sm" aria-live="polite">
        <Button size="sm" disabled={run.isPending} onClick={() => run.mutate()}>
          <Play />
          {t('run')}
        </Button>
        {hasCurrent ? (
          <Button size="sm" variant="ghost" disabled={take.isPending} onClick={() => take.mutate()}>
            {t('takeCurrent')}
          </Button>
        ) : null}
        {run.error ? <span className="text-danger-text">{run.error.message}</span> : null}
        {result?.error ? (
          <span className="min-w-0 break-words text-danger-text">{result.error}</span>
        ) : result ? (
          <Badge tone={result.output === 'true' ? 'ok' : 'neutral'}>
            {t(result.output === 'true' ? 'holds' : 'holdsNot')}
          </Badge>
        ) : null}
        {isStale ? <span className="text-xs text-ink-3">{t('stale')}</span> : null}
      </div>
    </div>
  )
}
