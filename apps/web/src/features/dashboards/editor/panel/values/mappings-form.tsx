'use client'
import { isMapping, type SpecialValue, specialValues } from '@thingwire/dashboards'
import { Button, Field, IconButton, Input, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Json } from '../../side/json.ts'
import { ColorInput } from '../parts/color-input.tsx'
import { IconInput } from '../parts/icon-input.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { Grip, movedTo } from '../parts/reorder.tsx'

const types = ['value', 'range', 'regex', 'special'] as const
type MappingType = (typeof types)[number]

const initial: Readonly<Record<MappingType, Json>> = {
  value: { type: 'value', value: '' },
  range: { type: 'range', from: 0, to: 100 },
  regex: { type: 'regex', pattern: '^err' },
  special: { type: 'special', match: 'missing' },
}

const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value))

/** What is shown in place of values: the first that fits counts. */
export const MappingsForm = (p: { list: readonly Json[]; onChange: (list: readonly Json[] | undefined) => void }) => {
  const t = useTranslations('dashboardPanel')
  const change = (list: readonly Json[]) => p.onChange(list.length === 0 ? undefined : list)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {p.list.length > 0 ? (
        <ol data-rows className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {p.list.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: mappings have no ids, and two may be equal
            <li key={index} className="flex gap-1 rounded-md border p-2">
              <Grip
                index={index}
                count={p.list.length}
                label={t('mapping', { number: index + 1 })}
                onMove={(from, to) => change(movedTo(p.list, from, to))}
              />
              <Mapping
                mapping={one}
                number={index + 1}
                onChange={(next) => change(p.list.with(index, next))}
                onRemove={() => change(p.list.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
      ) : null}
      <Button onClick={() => change([...p.list, { type: 'value', value: '', text: '' }])}>
        <Plus />
        {t('addMapping')}
      </Button>
    </div>
  )
}

const Mapping = (p: { mapping: Json; number: number; onChange: (mapping: Json) => void; onRemove: () => void }) => {
  const t = useTranslations('dashboardPanel')
  const { mapping } = p
  const type = types.find((one) => one === mapping.type) ?? 'value'
  const set = (members: Json) => p.onChange({ ...mapping, ...members })
  const look = { text: mapping.text, color: mapping.color, icon: mapping.icon }
  return (
    <fieldset
      aria-label={t('mapping', { number: p.number })}
      className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-2"
    >
      <div className="flex items-start gap-2">
        <Select
          aria-label={t('mappingType')}
          className="w-28 shrink-0"
          value={type}
          onChange={({ target }) => {
            const next = types.find((one) => one === target.value)
            if (next) p.onChange({ ...initial[next], ...look })
          }}
        >
          {types.map((one) => (
            <option key={one} value={one}>
              {t(`mappings.${one}`)}
            </option>
          ))}
        </Select>
        <div className="min-w-0 flex-1">
          <What mapping={mapping} type={type} set={set} />
        </div>
        <IconButton label={t('removeMapping', { number: p.number })} onClick={p.onRemove}>
          <Trash2 />
        </IconButton>
      </div>
      {isMapping(mapping) ? null : (
        <p role="alert" className="text-xs text-danger-text">
          {t(`mappingProblem.${type}`)}
        </p>
      )}
      <Field label={t('mappedText')}>
        <Input value={textOf(mapping.text)} onChange={({ target }) => set({ text: target.value })} />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <ColorInput label={t('mappedColor')} value={textOf(mapping.color)} onChange={(color) => set({ color })} />
        <IconInput label={t('mappedIcon')} value={textOf(mapping.icon)} onChange={(icon) => set({ icon })} />
      </div>
    </fieldset>
  )
}

/** A value that is written like a number or a truth is one. */
const typedValue = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && Number.isFinite(Number(text)) && String(Number(text)) === text ? Number(text) : text
}

const What = ({ mapping, type, set }: { mapping: Json; type: MappingType; set: (members: Json) => void }) => {
  const t = useTranslations('dashboardPanel')
  const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)
  switch (type) {
    case 'value':
      return (
        <Input
          aria-label={t('mappings.value')}
          value={textOf(mapping.value)}
          onChange={({ target }) => set({ value: typedValue(target.value) })}
        />
      )
    case 'range':
      return (
        <div className="flex items-center gap-1.5">
          <NumberField
            isBare
            label={t('from')}
            placeholder="−∞"
            value={numberOf(mapping.from)}
            onChange={(from) => set({ from })}
          />
          <span aria-hidden className="text-ink-3">
            –
          </span>
          <NumberField
            isBare
            label={t('upTo')}
            placeholder="∞"
            value={numberOf(mapping.to)}
            onChange={(to) => set({ to })}
          />
        </div>
      )
    case 'regex':
      return (
        <Input
          aria-label={t('mappings.regex')}
          className="font-mono text-xs"
          spellCheck={false}
          value={textOf(mapping.pattern)}
          onChange={({ target }) => set({ pattern: target.value })}
        />
      )
    case 'special':
      return (
        <Select
          aria-label={t('mappings.special')}
          value={textOf(mapping.match)}
          onChange={({ target }) => set({ match: target.value as SpecialValue })}
        >
          {specialValues.map((one) => (
            <option key={one} value={one}>
              {t(`special.${one}`)}
            </option>
          ))}
        </Select>
      )
  }
}
