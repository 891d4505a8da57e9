'use client'
import { isColorRule, ruleTargets } from '@thingwire/dashboards'
import { Button, IconButton, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { jsonOf, type Json } from '../../side/json.ts'
import { ColorInput } from '../parts/color-input.tsx'
import { ConditionFields } from '../parts/condition-fields.tsx'
import { IconInput } from '../parts/icon-input.tsx'
import { Grip, movedTo } from '../parts/reorder.tsx'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Colours for values that meet a condition: of each target the first that is met. */
export const RulesForm = (p: {
  list: readonly Json[]
  /** Names of columns that a rule of a table may ask; '' stands for the value itself. */
  columns: readonly string[]
  onChange: (list: readonly Json[] | undefined) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const change = (list: readonly Json[]) => p.onChange(list.length === 0 ? undefined : list)
  const fresh = { when: { column: '', operation: 'greater', value: 80 }, color: '#d32f2f', target: 'text' }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {p.list.length > 0 ? (
        <ol data-rows className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {p.list.map((one, index) => {
            const set = (members: Json) => change(p.list.with(index, { ...one, ...members }))
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rules have no ids, and two may be equal
              <li key={index} className="flex gap-1 rounded-md border p-2">
                <Grip
                  index={index}
                  count={p.list.length}
                  label={t('rule', { number: index + 1 })}
                  onMove={(from, to) => change(movedTo(p.list, from, to))}
                />
                <fieldset
                  aria-label={t('rule', { number: index + 1 })}
                  className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-2"
                >
                  <div className="flex items-start gap-2">
                    <ConditionFields
                      condition={jsonOf(one.when)}
                      columns={p.columns}
                      onChange={(when) => set({ when })}
                    />
                    <IconButton
                      label={t('removeRule', { number: index + 1 })}
                      onClick={() => change(p.list.toSpliced(index, 1))}
                    >
                      <Trash2 />
                    </IconButton>
                  </div>
                  <div className="grid grid-cols-2 gap-2">
                    <Select
                      aria-label={t('ruleTarget')}
                      value={ruleTargets.find((target) => target === one.target) ?? 'text'}
                      onChange={({ target }) => set({ target: target.value })}
                    >
                      {ruleTargets.map((target) => (
                        <option key={target} value={target}>
                          {t(`ruleTargets.${target}`)}
                        </option>
                      ))}
                    </Select>
                    <IconInput label={t('ruleIcon')} value={textOf(one.icon)} onChange={(icon) => set({ icon })} />
                  </div>
                  <ColorInput label={t('ruleColor')} value={textOf(one.color)} onChange={(color) => set({ color })} />
                  {isColorRule(one) ? null : (
                    <p role="alert" className="text-xs text-danger-text">
                      {t('ruleProblem')}
                    </p>
                  )}
                </fieldset>
              </li>
            )
          })}
        </ol>
      ) : null}
      <Button onClick={() => change([...p.list, fresh])}>
        <Plus />
        {t('addRule')}
      </Button>
    </div>
  )
}
