'use client'
import { attributeScopeSchema, type ChainTest, chainTestSchema, messageTypeLabels } from '@thingwire/contracts'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { DevicePicker } from './device-picker.tsx'
import { ExpectationForm } from './expectation-form.tsx'
import { JsonField, type OnProblem, Rows, TextRows } from './form-parts.tsx'
import { prettyText } from './payload.tsx'
import { Part } from './test-report.tsx'

type Props = { test: ChainTest; onChange: (test: ChainTest) => void; onProblem: OnProblem }

/** A test in fields: what goes in, what is there already, and what should come of it. */
export const TestForm = ({ test, onChange, onProblem }: Props) => {
  const t = useTranslations('chainTesting')
  return (
    <div className="grid gap-5">
      <Field label={t('testName')}>
        <Input
          value={test.name}
          maxLength={255}
          onChange={(event) => onChange({ ...test, name: event.target.value })}
        />
      </Field>
      <MessageFields
        message={test.message}
        onChange={(message) => onChange({ ...test, message })}
        onProblem={onProblem}
      />
      <GivenFields given={test.given} onChange={(given) => onChange({ ...test, given })} onProblem={onProblem} />
      <Part title={t('expected')}>
        <ExpectationForm
          expect={test.expect}
          onChange={(expect) => onChange({ ...test, expect })}
          onProblem={onProblem}
        />
      </Part>
    </div>
  )
}

type Message = ChainTest['message']

const MessageFields = (p: { message: Message; onChange: (message: Message) => void; onProblem: OnProblem }) => {
  const t = useTranslations('chainTesting')
  const types = useId()
  const { message } = p
  const change = (part: Partial<Message>) => p.onChange({ ...message, ...part })
  const { originator: _, ...withoutOriginator } = message
  return (
    <Part title={t('message')}>
      <div className="grid gap-3 sm:grid-cols-[1fr_7rem_1fr]">
        <Field label={t('type')}>
          <Input
            list={types}
            spellCheck={false}
            value={message.type}
            onChange={(event) => change({ type: event.target.value })}
          />
        </Field>
        <datalist id={types}>
          {Object.keys(messageTypeLabels).map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
        <Field label={t('dataType')}>
          <Select
            value={message.dataType}
            onChange={({ target }) => {
              const dataType = chainTestSchema.shape.message.shape.dataType.safeParse(target.value)
              if (dataType.success) change({ dataType: dataType.data })
            }}
          >
            {['JSON', 'TEXT', 'BINARY'].map((type) => (
              <option key={type}>{type}</option>
            ))}
          </Select>
        </Field>
        <Field label={t('from')}>
          <DevicePicker
            label={t('from')}
            none={t('madeUp')}
            value={message.originator?.id ?? null}
            onChange={(device) =>
              p.onChange(
                device ? { ...message, originator: { entityType: 'DEVICE', id: device.id.id } } : withoutOriginator,
              )
            }
          />
        </Field>
      </div>
      <DataField message={message} change={change} onProblem={p.onProblem} />
      <p className="mt-1 text-xs font-medium text-ink-2">{t('metadata')}</p>
      <TextRows one={t('entry')} value={message.metadata} onChange={(metadata) => change({ metadata })} />
    </Part>
  )
}

const DataField = (p: { message: Message; change: (part: Partial<Message>) => void; onProblem: OnProblem }) => {
  const t = useTranslations('chainTesting')
  const { dataType, data } = p.message
  if (dataType !== 'JSON')
    return (
      <Field label={t('data')}>
        <Input value={data} onChange={(event) => p.change({ data: event.target.value })} />
      </Field>
    )
  return (
    <JsonField
      label={t('data')}
      value={jsonOf(data)}
      onChange={(value) => p.change({ data: JSON.stringify(value ?? {}) })}
      onProblem={p.onProblem}
    />
  )
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(prettyText(text))
  } catch {
    return text
  }
}

type Given = ChainTest['given']

const GivenFields = (p: { given: Given; onChange: (given: Given) => void; onProblem: OnProblem }) => {
  const t = useTranslations('chainTesting')
  const { given } = p
  const isSet =
    given.now !== undefined ||
    given.attributes.length > 0 ||
    given.alarms !== undefined ||
    given.externalAnswers !== undefined ||
    Object.keys(given.commandAnswers).length > 0
  return (
    <details open={isSet} className="group grid gap-2">
      <summary className="cursor-default rounded-sm text-xs font-medium text-ink-3 hover:text-ink pointer-coarse:py-3">
        {t('given')}
      </summary>
      <div className="mt-2 grid gap-3">
        <p className="text-xs text-ink-3">{t('givenText')}</p>
        <Clock now={given.now} onChange={(now) => p.onChange(withOrWithout(given, 'now', now))} />
        <p className="text-xs font-medium text-ink-2">{t('attributes')}</p>
        <Rows
          one={t('attributeSet')}
          rows={given.attributes}
          blank={{ scope: 'SERVER_SCOPE', values: {} }}
          onChange={(attributes) => p.onChange({ ...given, attributes })}
        >
          {(row, change, name) => (
            <div className="grid gap-1.5 sm:grid-cols-[9rem_1fr]">
              <Select
                aria-label={t('scopeOf', { what: name })}
                value={row.scope}
                onChange={({ target }) => {
                  const scope = attributeScopeSchema.safeParse(target.value)
                  if (scope.success) change({ ...row, scope: scope.data })
                }}
              >
                {attributeScopeSchema.options.map((scope) => (
                  <option key={scope} value={scope}>
                    {t(`scope.${scope}`)}
                  </option>
                ))}
              </Select>
              <JsonField
                label={t('valuesOf', { what: name })}
                value={row.values}
                onChange={(values) => change({ ...row, values: recordOf(values) })}
                check={(value) => (isRecord(value) ? null : t('notObject'))}
                onProblem={p.onProblem}
              />
            </div>
          )}
        </Rows>
        <GivenJson of="alarms" hint={t('alarmsHint')} {...p} />
        <GivenJson of="commandAnswers" hint={t('commandAnswersHint')} {...p} />
        <GivenJson of="externalAnswers" hint={t('externalAnswersHint')} {...p} />
      </div>
    </details>
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {})

const withOrWithout = <T extends object, K extends keyof T>(from: T, key: K, value: T[K] | undefined): T => {
  if (value !== undefined) return { ...from, [key]: value }
  const copy = { ...from }
  delete copy[key]
  return copy
}

const givenSchema = chainTestSchema.shape.given.unwrap()

/** Parts of what is given that few tests need, as JSON checked by their own schema. */
const GivenJson = (p: {
  of: 'alarms' | 'commandAnswers' | 'externalAnswers'
  hint: string
  given: Given
  onChange: (given: Given) => void
  onProblem: OnProblem
}) => {
  const t = useTranslations('chainTesting')
  const stored = p.given[p.of]
  const isEmpty = stored === undefined || Object.keys(stored).length === 0
  return (
    <JsonField
      label={t(p.of)}
      hint={p.hint}
      value={isEmpty ? undefined : stored}
      onProblem={p.onProblem}
      check={(value) => givenSchema.safeParse({ [p.of]: value }).error?.issues[0]?.message ?? null}
      onChange={(value) => {
        const { [p.of]: _, ...others } = p.given
        const read = givenSchema.safeParse({ ...others, ...(value !== undefined && { [p.of]: value }) })
        if (read.success) p.onChange(read.data)
      }}
    />
  )
}

const Clock = ({ now, onChange }: { now: number | undefined; onChange: (now: number | undefined) => void }) => {
  const t = useTranslations('chainTesting')
  return (
    <Field label={t('clock')} hint={t('clockHint')}>
      <Input
        type="datetime-local"
        step={1}
        className="max-w-56"
        value={now === undefined ? '' : localTime(now)}
        onChange={({ target }) => onChange(target.value === '' ? undefined : new Date(target.value).getTime())}
      />
    </Field>
  )
}

/** As the field wants it: the local time, without a zone. */
export const localTime = (ts: number): string =>
  new Date(ts - new Date(ts).getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
