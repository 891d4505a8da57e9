'use client'
import { type AttributeScope, attributeScopes } from '@thingwire/contracts'
import { Field, IconButton, Input, Select } from '@thingwire/ui'
import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { wholeText } from '@/components/schema-form/completion.ts'
import { SuggestInput } from '@/components/schema-form/suggest-input.tsx'
import { EntityPicker } from '@/features/rule-editor/panels/editors/entity-picker.tsx'
import { useSuggestions } from '@/features/rule-editor/panels/editors/use-suggestions.ts'
import { useUser } from '@/session/session-provider.tsx'
import { type NamedArgument, nameFromKey } from './alarm-field-model.ts'
import type { At } from './issues.ts'

type Props = {
  argument: NamedArgument
  /** Names of the others. */
  taken: readonly string[]
  onChange: (argument: NamedArgument) => void
  onRemove: (() => void) | null
  at: At
}

/** One argument: its name, what value it is, and whose. */
export const ArgumentRow = (p: Props) => {
  const t = useTranslations('alarmFields')
  const { argument, at, onChange } = p
  const label = argument.name || t('argument')
  return (
    <li className="flex items-start gap-2 px-4 py-3">
      <fieldset className="grid min-w-0 flex-1 items-start gap-3 sm:grid-cols-3">
        <legend className="sr-only">{label}</legend>
        <KindField {...p} />
        <KeyField {...p} />
        <NameField {...p} />
        <SourceFields {...p} />
        <Field label={t('defaultValue')} error={at('defaultValue')}>
          <Input
            autoComplete="off"
            placeholder={t('defaultPlaceholder')}
            value={argument.defaultValue ?? ''}
            onChange={({ target }) => onChange({ ...argument, defaultValue: target.value || null })}
          />
        </Field>
      </fieldset>
      {p.onRemove ? (
        <IconButton label={t('removeArgument', { name: label })} size="icon-sm" className="mt-5.5" onClick={p.onRemove}>
          <Trash2 />
        </IconButton>
      ) : null}
    </li>
  )
}

/** A name is taken over when it is whole: conditions follow it, and a part of it may be the name of another. */
const NameField = ({ argument, onChange, at }: Props) => {
  const t = useTranslations('alarmFields')
  const [typed, setTyped] = useState(argument.name)
  useEffect(() => setTyped(argument.name), [argument.name])
  const take = () => {
    const name = typed.trim()
    if (name !== argument.name) onChange({ ...argument, name })
    else setTyped(name)
  }
  return (
    <Field label={t('argumentName')} error={at('name')}>
      <Input
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        className="font-mono text-xs"
        placeholder="temperature"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
    </Field>
  )
}

const latest = 'TS_LATEST'

const KindField = ({ argument, onChange }: Props) => {
  const t = useTranslations('alarmFields')
  const { refEntityKey } = argument
  const choose = (chosen: string) => {
    const scope = attributeScopes.find((one) => one === chosen)
    const { scope: _, ...key } = refEntityKey
    onChange({
      ...argument,
      refEntityKey: scope ? { ...key, type: 'ATTRIBUTE', scope } : { ...key, type: latest },
    })
  }
  const kind: typeof latest | AttributeScope =
    refEntityKey.type === latest ? latest : (refEntityKey.scope ?? 'SERVER_SCOPE')
  return (
    <Field label={t('kind')}>
      <Select value={kind} onChange={({ target }) => choose(target.value)}>
        {([latest, 'SERVER_SCOPE', 'SHARED_SCOPE', 'CLIENT_SCOPE'] as const).map((one) => (
          <option key={one} value={one}>
            {t(`kinds.${one}`)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** With the key comes a name, while there is none. */
const KeyField = ({ argument, taken, onChange, at }: Props) => {
  const t = useTranslations('alarmFields')
  const { refEntityKey } = argument
  const known = useSuggestions(refEntityKey.type === latest ? 'telemetry-keys' : 'attribute-keys')
  const put = (key: string) => ({ ...argument, refEntityKey: { ...refEntityKey, key } })
  const named = (key: string) =>
    argument.name === '' && key !== '' ? { ...put(key), name: nameFromKey(key, taken) } : put(key)
  return (
    <Field label={t('key')} error={at('refEntityKey', 'key')}>
      <SuggestInput
        value={refEntityKey.key}
        maxLength={255}
        className="[&_input]:font-mono [&_input]:text-xs"
        placeholder="temperature"
        complete={(text) => wholeText(known, text)}
        onChange={(key) => onChange(put(key))}
        onPick={(key) => onChange(named(key))}
        onBlur={() => {
          if (argument.name === '' && refEntityKey.key !== '') onChange(named(refEntityKey.key.trim()))
        }}
      />
    </Field>
  )
}

const picked = ['DEVICE', 'ASSET', 'CUSTOMER'] as const
type Source = 'ENTITY' | 'OWNER' | 'TENANT' | (typeof picked)[number]
const sources: readonly Source[] = ['ENTITY', 'OWNER', ...picked, 'TENANT']

const sourceOf = ({ refEntityId, refDynamicSourceConfiguration }: NamedArgument): Source => {
  if (refEntityId) return sources.find((one) => one === refEntityId.entityType) ?? 'ENTITY'
  return refDynamicSourceConfiguration ? 'OWNER' : 'ENTITY'
}

const SourceFields = ({ argument, onChange, at }: Props) => {
  const t = useTranslations('alarmFields')
  const { tenantId } = useUser()
  const source = sourceOf(argument)
  const choose = (chosen: Source) => {
    const { refEntityId: _, refDynamicSourceConfiguration: __, ...own } = argument
    if (chosen === 'ENTITY') onChange(own)
    else if (chosen === 'OWNER') onChange({ ...own, refDynamicSourceConfiguration: { type: 'CURRENT_OWNER' } })
    else onChange({ ...own, refEntityId: { entityType: chosen, id: chosen === 'TENANT' ? tenantId.id : '' } })
  }
  const kind = picked.find((one) => one === source)
  return (
    <>
      <Field label={t('source')}>
        <Select
          value={source}
          onChange={({ target }) => choose(sources.find((one) => one === target.value) ?? 'ENTITY')}
        >
          {sources.map((one) => (
            <option key={one} value={one}>
              {t(`sources.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {kind ? (
        <EntityPicker
          label={t(`sources.${kind}`)}
          entityType={kind}
          id={argument.refEntityId?.id || null}
          error={at('refEntityId')}
          onChange={(id) => onChange({ ...argument, refEntityId: { entityType: kind, id: id ?? '' } })}
          onDone={() => undefined}
        />
      ) : null}
    </>
  )
}
