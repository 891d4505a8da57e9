'use client'
import {
  binaryOperations,
  type Folding,
  foldings,
  readExpression,
  type TransformationType,
  unaryOperations,
  windowOperations,
} from '@thingwire/dashboards'
import { Button, Field, IconButton, Input, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import { isJson, jsonOf, type Json } from '../../side/json.ts'
import { Chips } from '../parts/chips.tsx'
import { ComboBox } from '../parts/combo-box.tsx'
import { ConditionFields } from '../parts/condition-fields.tsx'
import { NumberField } from '../parts/number-field.tsx'

type FormProps = { step: Json; columns: readonly string[]; set: (members: Json) => void }

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

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

/** A column by its name; one that is not there yet can be typed. */
const ColumnField = (p: {
  label: string
  value: string
  columns: readonly string[]
  onChange: (name: string) => void
  isBare?: boolean
}) => {
  const box = (
    <ComboBox
      label={p.label}
      isLabelled={!p.isBare}
      value={p.value}
      options={p.columns.map((name) => ({ id: name, text: name }))}
      onType={p.onChange}
      onPick={({ text }) => p.onChange(text)}
      className="min-w-0 flex-1"
    />
  )
  return p.isBare ? box : <Field label={p.label}>{box}</Field>
}

/** Rows of a list in a step, each of which can be taken out. */
const Rows = (p: {
  list: readonly Json[]
  label: (number: number) => string
  add: string
  fresh: Json
  onChange: (list: readonly Json[]) => void
  row: (one: Json, set: (members: Json) => void) => React.ReactNode
}) => (
  <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
    {p.list.map((one, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they have no ids, and two may be equal
      <div key={index} className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          {p.row(one, (members) => p.onChange(p.list.with(index, { ...one, ...members })))}
        </div>
        <IconButton label={p.label(index + 1)} onClick={() => p.onChange(p.list.toSpliced(index, 1))}>
          <Trash2 />
        </IconButton>
      </div>
    ))}
    <Button size="sm" className="justify-self-start" onClick={() => p.onChange([...p.list, p.fresh])}>
      <Plus />
      {p.add}
    </Button>
  </div>
)

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

const kinds = ['binary', 'unary', 'window', 'expression'] as const

const freshHow = (kind: (typeof kinds)[number], column: string): Json => {
  switch (kind) {
    case 'binary':
      return { kind, left: { column }, operation: '+', right: { value: 0 } }
    case 'unary':
      return { kind, operation: 'round', of: column }
    case 'window':
      return { kind, operation: 'movingMean', of: column, size: 5 }
    case 'expression':
      return { kind, text: `[${column}] * 2` }
  }
}

const Calculate = ({ step, columns, set }: FormProps) => {
  const t = useTranslations('dashboardPanel')
  const how = jsonOf(step.how)
  const kind = kinds.find((one) => one === how.kind) ?? 'binary'
  const setHow = (members: Json) => set({ how: { ...how, ...members } })
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('newColumn')}>
          <Input value={textOf(step.name)} onChange={({ target }) => set({ name: target.value })} />
        </Field>
        <Field label={t('unit')}>
          <Input value={textOf(step.units)} onChange={({ target }) => set({ units: target.value || null })} />
        </Field>
      </div>
      <Field label={t('calculation')}>
        <Select
          value={kind}
          onChange={({ target }) => {
            const next = kinds.find((one) => one === target.value)
            if (next) set({ how: freshHow(next, columns.at(-1) ?? '') })
          }}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`calculations.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {kind === 'binary' ? (
        <div className="grid grid-cols-[minmax(0,1fr)_4.5rem_minmax(0,1fr)] gap-2">
          <Operand
            label={t('leftOperand')}
            operand={jsonOf(how.left)}
            columns={columns}
            onChange={(left) => setHow({ left })}
          />
          <Select
            aria-label={t('operation')}
            value={textOf(how.operation)}
            onChange={({ target }) => setHow({ operation: target.value })}
          >
            {binaryOperations.map((one) => (
              <option key={one} value={one}>
                {one === '*' ? '×' : one === '/' ? '÷' : one === '-' ? '−' : one}
              </option>
            ))}
          </Select>
          <Operand
            label={t('rightOperand')}
            operand={jsonOf(how.right)}
            columns={columns}
            onChange={(right) => setHow({ right })}
          />
        </div>
      ) : null}
      {kind === 'unary' || kind === 'window' ? (
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('function')}>
            <Select value={textOf(how.operation)} onChange={({ target }) => setHow({ operation: target.value })}>
              {(kind === 'unary' ? unaryOperations : windowOperations).map((one) => (
                <option key={one} value={one}>
                  {t(`operations.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
          <ColumnField
            label={t('ofColumn')}
            value={textOf(how.of)}
            columns={columns}
            onChange={(of) => setHow({ of })}
          />
          {kind === 'window' && textOf(how.operation).startsWith('moving') ? (
            <NumberField
              label={t('windowRows')}
              value={numberOf(how.size) ?? 5}
              least={1}
              most={10_000}
              isWhole
              isNeeded
              onChange={(size) => setHow({ size })}
            />
          ) : null}
        </div>
      ) : null}
      {kind === 'expression' ? <Expression text={textOf(how.text)} onChange={(text) => setHow({ text })} /> : null}
      <SwitchRow
        label={t('replaces')}
        checked={step.replaces === true}
        onChange={(checked) => set({ replaces: checked })}
      />
    </>
  )
}

const Expression = ({ text, onChange }: { text: string; onChange: (text: string) => void }) => {
  const t = useTranslations('dashboardPanel')
  const read = readExpression(text)
  return (
    <Field
      label={t('expression')}
      hint={t('expressionHint')}
      error={read.ok ? undefined : t('noExpression', { at: read.at + 1 })}
    >
      <Input
        value={text}
        spellCheck={false}
        className="font-mono text-xs"
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}

/** A column, or a number where what is typed is one. */
const Operand = (p: {
  label: string
  operand: Json
  columns: readonly string[]
  onChange: (operand: Json) => void
}) => {
  const value = typeof p.operand.value === 'number' ? String(p.operand.value) : textOf(p.operand.column)
  const take = (text: string) => {
    const number = Number(text)
    p.onChange(
      text.trim() !== '' && Number.isFinite(number) && !p.columns.includes(text) ? { value: number } : { column: text },
    )
  }
  return <ColumnField isBare label={p.label} value={value} columns={p.columns} onChange={take} />
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
