'use client'
import { binaryOperations, readExpression, unaryOperations, windowOperations } from '@thingwire/dashboards'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import { type Json, jsonOf } from '../../side/json.ts'
import { NumberField } from '../parts/number-field.tsx'
import { ColumnField, type FormProps, numberOf, textOf } from './step-parts.tsx'

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

export const Calculate = ({ step, columns, set }: FormProps) => {
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
