'use client'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { EntityPicker } from '@/features/rule-editor/panels/editors/entity-picker.tsx'
import type { Json } from '../../side/json.ts'
import { type AliasKind, isAliasKind, type viewerKinds } from './alias-filters.ts'

type AnyKind = AliasKind | (typeof viewerKinds)[number]

type KindProps<K extends AnyKind> = {
  label: string
  kinds: readonly K[]
  value: K | null
  none?: string
  onChange: (kind: K) => void
  onNone?: () => void
}

export const KindField = <K extends AnyKind>(p: KindProps<K>) => {
  const t = useTranslations('dashboardManagers')
  const wordOf = (kind: AnyKind) => t(`kinds.${kind}`)
  return (
    <Field label={p.label}>
      <Select
        value={p.value ?? ''}
        onChange={({ target }) => {
          const kind = p.kinds.find((one) => one === target.value)
          if (kind) p.onChange(kind)
          else p.onNone?.()
        }}
      >
        {p.value === null || p.none !== undefined ? <option value="">{p.none ?? '—'}</option> : null}
        {p.kinds.map((kind) => (
          <option key={kind} value={kind}>
            {wordOf(kind)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** An entity by its kind and its name, or somebody around the viewer. */
export const EntityFields = (p: {
  label: string
  hint?: string
  kinds: readonly AnyKind[]
  entity: Json | null
  onChange: (entity: Json | null) => void
}) => {
  const t = useTranslations('dashboardManagers')
  const kind = p.kinds.find((one) => one === p.entity?.entityType) ?? null
  const id = typeof p.entity?.id === 'string' ? p.entity.id : null
  return (
    <div className="grid items-start gap-3 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <KindField
        label={`${p.label}: ${t('kind')}`}
        kinds={p.kinds}
        value={kind}
        none="—"
        onChange={(entityType) => p.onChange({ entityType, id: null })}
        onNone={() => p.onChange(null)}
      />
      {isAliasKind(kind) ? (
        <EntityPicker
          label={p.label}
          {...(p.hint ? { hint: p.hint } : {})}
          entityType={kind}
          id={id}
          onChange={(chosen) => p.onChange({ entityType: kind, id: chosen })}
          onDone={noop}
        />
      ) : null}
    </div>
  )
}

const noop = () => {}
