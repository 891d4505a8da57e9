'use client'
import { type Folding, foldings, type TransformationType } from '@thingwire/dashboards'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { Json } from '../../side/json.ts'
import { Chips } from '../parts/chips.tsx'
import { ConditionFields } from '../parts/condition-fields.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { Calculate } from './calculate-form.tsx'
import { ColumnField, type FormProps, listOf, numberOf, Rows, textOf, textsOf } from './step-parts.tsx'

/** What can be set about one step. */
export const StepForm = (p: {
  type: TransformationType
  step: Json
  columns: readonly string[]
  onChange: (step: Json) => void
}) => {
  const form = { step: p.step, columns: p.columns, set: (members: Json) => p.onChange({ ...p.step, ...members }) }
  switch (p.type) {
    case 'join':
      return <Join {...form} />
    case 'rename':
      return <Rename {...form} />
    case 'calculate':
      return <Calculate {...form} />
    case 'group':
      return <Group {...form} />
    case 'filter':
      return <Filter {...form} />
    case 'sort':
      return <Sort {...form} />
    case 'limit':
      return <Limit {...form} />
    case 'pivot':
      return <Pivot {...form} />
    case 'select':
      return <Columns {...form} />
  }
}

const Join = ({ step, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  const by = step.by === 'entity' ? 'entity' : 'time'
  return (
    <>
      <Field label={t('joinBy')} hint={t(`joinHint.${by}`)}>
        <Select value={by} onChange={({ target }) => set({ by: target.value })}>
          <option value="time">{t('joinTime')}</option>
          <option value="entity">{t('joinEntity')}</option>
        </Select>
      </Field>
      {by === 'time' ? (
        <NumberField
          label={t('tolerance')}
          hint={t('toleranceHint')}
          value={(numberOf(step.toleranceMs) ?? 0) / 1_000}
          least={0}
          most={86_400}
          isNeeded
          onChange={(seconds) => set({ toleranceMs: Math.round((seconds ?? 0) * 1_000) })}
        />
      ) : null}
    </>
  )
}

const Rename = ({ step, columns, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <p className="text-xs text-ink-3">{t('renameHint')}</p>
      <Rows
        list={listOf(step.names)}
        label={(number) => t('removeRow', { number })}
        add={t('addName')}
        fresh={{ from: columns[0] ?? '', to: columns[0] ?? '' }}
        onChange={(names) => set({ names })}
        row={(one, setRow) => (
          <div className="grid grid-cols-2 gap-2">
            <ColumnField
              isBare
              label={t('renameFrom')}
              value={textOf(one.from)}
              columns={columns}
              onChange={(from) => setRow({ from })}
            />
            <Input
              aria-label={t('renameTo')}
              placeholder={t('hidden')}
              value={textOf(one.to)}
              onChange={({ target }) => setRow({ to: target.value })}
            />
          </div>
        )}
      />
    </>
  )
}

const FoldSelect = (p: { label: string; value: unknown; onChange: (how: Folding) => void }) => {
  const t = useTranslations('dashboardPanel')
  return (
    <Select
      aria-label={p.label}
      value={foldings.find((one) => one === p.value) ?? 'last'}
      onChange={({ target }) => p.onChange(foldings.find((one) => one === target.value) ?? 'last')}
    >
      {foldings.map((one) => (
        <option key={one} value={one}>
          {t(`foldings.${one}`)}
        </option>
      ))}
    </Select>
  )
}

const Group = ({ step, columns, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  const by = textsOf(step.by)
  return (
    <>
      <Chips
        label={t('groupBy')}
        options={[...new Set([...columns, ...by])].map((name) => ({ value: name, label: name }))}
        chosen={by}
        onChange={(chosen) => set({ by: chosen })}
      />
      <NumberField
        label={t('every')}
        hint={t('everyHint')}
        value={numberOf(step.everyMs) === null ? null : Number(step.everyMs) / 1_000}
        least={0.001}
        onChange={(seconds) => set({ everyMs: seconds === null ? null : Math.round(seconds * 1_000) })}
      />
      <Rows
        list={listOf(step.folds)}
        label={(number) => t('removeRow', { number })}
        add={t('addFold')}
        fresh={{ of: columns.at(-1) ?? '', how: 'mean', as: '' }}
        onChange={(folds) => set({ folds })}
        row={(one, setRow) => (
          <div className="grid grid-cols-2 gap-2">
            <FoldSelect label={t('foldHow')} value={one.how} onChange={(how) => setRow({ how })} />
            <ColumnField
              isBare
              label={t('ofColumn')}
              value={textOf(one.of)}
              columns={columns}
              onChange={(of) => setRow({ of })}
            />
            <Input
              aria-label={t('foldAs')}
              placeholder={t('foldAs')}
              className="col-span-2"
              value={textOf(one.as)}
              onChange={({ target }) => setRow({ as: target.value })}
            />
          </div>
        )}
      />
    </>
  )
}

const Filter = ({ step, columns, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('rowsThat')}>
          <Select
            value={step.keep === false ? 'drop' : 'keep'}
            onChange={({ target }) => set({ keep: target.value === 'keep' })}
          >
            <option value="keep">{t('keepRows')}</option>
            <option value="drop">{t('dropRows')}</option>
          </Select>
        </Field>
        <Field label={t('meet')}>
          <Select value={step.match === 'any' ? 'any' : 'all'} onChange={({ target }) => set({ match: target.value })}>
            <option value="all">{t('allConditions')}</option>
            <option value="any">{t('anyCondition')}</option>
          </Select>
        </Field>
      </div>
      <Rows
        list={listOf(step.conditions)}
        label={(number) => t('removeRow', { number })}
        add={t('addCondition')}
        fresh={{ column: columns.at(-1) ?? '', operation: 'isNotEmpty', value: null }}
        onChange={(conditions) => set({ conditions })}
        row={(one, setRow) => <ConditionFields condition={one} columns={columns} onChange={setRow} />}
      />
    </>
  )
}

const Sort = ({ step, columns, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <Rows
      list={listOf(step.by)}
      label={(number) => t('removeRow', { number })}
      add={t('addColumn')}
      fresh={{ column: columns[0] ?? '', descending: false }}
      onChange={(by) => set({ by })}
      row={(one, setRow) => (
        <div className="grid grid-cols-2 gap-2">
          <ColumnField
            isBare
            label={t('column')}
            value={textOf(one.column)}
            columns={columns}
            onChange={(column) => setRow({ column })}
          />
          <Select
            aria-label={t('order')}
            value={one.descending === true ? 'down' : 'up'}
            onChange={({ target }) => setRow({ descending: target.value === 'down' })}
          >
            <option value="up">{t('ascending')}</option>
            <option value="down">{t('descending')}</option>
          </Select>
        </div>
      )}
    />
  )
}

const Limit = ({ step, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <div className="grid grid-cols-2 gap-3">
      <NumberField
        label={t('limitCount')}
        value={numberOf(step.count)}
        least={1}
        most={100_000}
        isWhole
        isNeeded
        onChange={(count) => set({ count })}
      />
      <Field label={t('limitFrom')}>
        <Select value={step.from === 'end' ? 'end' : 'start'} onChange={({ target }) => set({ from: target.value })}>
          <option value="start">{t('firstRows')}</option>
          <option value="end">{t('lastRows')}</option>
        </Select>
      </Field>
    </div>
  )
}

const Pivot = ({ step, columns, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  const field = (member: 'rows' | 'columns' | 'values') => (
    <ColumnField
      label={t(`pivot.${member}`)}
      value={textOf(step[member])}
      columns={columns}
      onChange={(name) => set({ [member]: name })}
    />
  )
  return (
    <div className="grid grid-cols-2 gap-3">
      {field('rows')}
      {field('columns')}
      {field('values')}
      <Field label={t('foldHow')}>
        <FoldSelect label={t('foldHow')} value={step.how} onChange={(how) => set({ how })} />
      </Field>
    </div>
  )
}

const Columns = ({ step, columns, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  const chosen = textsOf(step.columns)
  return (
    <Chips
      label={t('keptColumns')}
      options={[...new Set([...columns, ...chosen])].map((name) => ({ value: name, label: name }))}
      chosen={chosen}
      onChange={(next) => set({ columns: next })}
    />
  )
}
