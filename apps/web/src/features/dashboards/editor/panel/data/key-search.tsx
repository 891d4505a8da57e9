'use client'
import type { KeySummaries } from '@thingwire/contracts'
import { Button, cn } from '@thingwire/ui'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Age } from '../../../../../components/age.tsx'
import { valueText } from '../../../../../components/value-text.ts'
import { ComboBox, type ComboOption } from '../parts/combo-box.tsx'
import { type KeyOption, type KeyType, keyOptions, narrowedKeys } from './key-options.ts'

type Props = {
  found: KeySummaries | null
  isAlarms: boolean
  /** Kinds of keys that fit here; the first is that of what is typed. */
  types: readonly KeyType[]
  chosen: readonly Pick<KeyOption, 'name' | 'type'>[]
  onAdd: (key: KeyOption) => void
  label: string
}

const idOf = ({ type, name, scope }: KeyOption) => `${type} ${scope ?? ''} ${name}`

/** Finds a key among those that there are, or takes what is typed. */
export const KeySearch = (p: Props) => {
  const t = useTranslations('dashboardPanel')
  const [typed, setTyped] = useState('')
  const { found, typed: own } = narrowedKeys(keyOptions(p.found, p.isAlarms), typed, p.chosen, p.types)
  const groupOf = ({ type, scope }: KeyOption) => (scope ? t(`scope.${scope}`) : t(`keyType.${type}`))
  const all = new Map([...found, ...own].map((option) => [idOf(option), option]))
  const options: ComboOption[] = [
    ...found.map((option) => ({
      ...{ id: idOf(option), text: option.name, group: groupOf(option) },
      shown: <Found option={option} total={p.found?.entities ?? 0} />,
    })),
    ...own.map((option) => ({
      ...{ id: idOf(option), text: option.name, group: t('asTyped') },
      shown: t('useAs', { name: option.name, kind: t(`keyType.${option.type}`) }),
    })),
  ]
  const add = (option: KeyOption | undefined) => {
    if (!option) return
    setTyped('')
    p.onAdd(option)
  }
  const addTyped = () => add(found.find(({ name }) => name === typed.trim()) ?? own[0])
  return (
    <div className="flex gap-2">
      <ComboBox
        label={p.label}
        placeholder={t('findKey')}
        value={typed}
        options={options}
        onType={setTyped}
        onPick={({ id }) => add(all.get(id))}
        onEnter={addTyped}
        isWide
        className="flex-1"
      />
      <Button
        aria-label={t('addKey')}
        title={t('addKey')}
        size="icon"
        className="pointer-coarse:size-10"
        disabled={typed.trim() === ''}
        onClick={addTyped}
      >
        <Plus />
      </Button>
    </div>
  )
}

const Found = ({ option, total }: { option: KeyOption; total: number }) => {
  const t = useTranslations('dashboardPanel')
  const { name, last, entities } = option
  return (
    <span className="flex items-baseline gap-2">
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {last ? (
        <span className="max-w-28 truncate font-mono text-xs text-ink-2" title={valueText(last.value)}>
          {valueText(last.value)}
        </span>
      ) : null}
      {last ? <Age ts={last.ts} className="shrink-0 text-2xs text-ink-3" /> : null}
      {entities !== null && total > 1 ? (
        <span className={cn('shrink-0 text-2xs', entities < total ? 'text-warn-text' : 'text-ink-3')}>
          {t('ofEntities', { entities, total })}
        </span>
      ) : null}
    </span>
  )
}
