'use client'
import { type DashboardWidget, readTransformation, type Table, transformed } from '@thingwire/dashboards'
import { Button, cn, IconButton, Menu, MenuItem, Switch } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { ChevronDown, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useMemo, useState } from 'react'
import { seriesTable } from '../../../data/transform-series.ts'
import { isJson, type Json, jsonOf } from '../../side/json.ts'
import { PlainTable } from '../inspect/data-table.tsx'
import { useInspected } from '../inspect/use-inspected.ts'
import { partOf } from '../focus-part.ts'
import { Grip, movedTo } from '../parts/reorder.tsx'
import { useSet } from '../parts/use-set.ts'
import { narrowed } from '../parts/narrowed.ts'
import { newStep, stepTypes } from './step-files.ts'
import { StepForm } from './step-form.tsx'

type Props = { id: string; config: Json; widget: DashboardWidget; manifest: WidgetManifest }

const empty: Table = { columns: [], rows: [] }

/** The table before the first step, and after each. */
const useTables = ({ widget, manifest }: Props, steps: readonly Json[]): readonly Table[] => {
  const { state } = useInspected(widget, manifest)
  // A long table is made anew when there is time for it, not with each key that is pressed.
  const series = useDeferredValue(state.status === 'ready' ? state.series : null)
  return useMemo(() => {
    let now = series ? seriesTable(series) : empty
    return [
      now,
      ...steps.map((step) => {
        const transformation = readTransformation(step)
        if (transformation && step.off !== true) now = transformed(now, transformation)
        return now
      }),
    ]
  }, [series, steps])
}

/** Steps that make of the values of a widget what it draws, without code. */
export const StepsTab = (p: Props) => {
  const t = useTranslations('dashboardPanel')
  const set = useSet(p.id)
  const stored = jsonOf(p.config.thingwire).transformations
  const steps = useMemo(() => (Array.isArray(stored) ? stored.filter(isJson) : []), [stored])
  const tables = useTables(p, steps)
  const [open, setOpen] = useState<number | null>(null)
  const path = ['config', 'thingwire', 'transformations']
  const change = (next: readonly Json[]) => set(path, next.length === 0 ? undefined : next)
  const shownAt = open === null ? steps.length : open + 1
  const shown = tables[shownAt] ?? empty
  const columnsBefore = (index: number) => (tables[index] ?? empty).columns.map(({ name }) => name)
  const move = (from: number, to: number) => {
    change(movedTo(steps, from, to))
    if (open !== null) setOpen(movedTo([...steps.keys()], from, to).indexOf(open))
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="text-xs text-ink-3">{t('stepsHint')}</p>
      {steps.length > 0 ? (
        <ol data-rows className="grid grid-cols-[minmax(0,1fr)] gap-1">
          {steps.map((step, index) => {
            const type = stepTypes.find((one) => one === step.type)
            const name = type ? t(`steps.${type}`) : String(step.type)
            const isBroken = readTransformation(step) === null
            const isOpen = open === index
            return (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: steps have no ids, and two may be equal
                key={index}
                {...partOf(['config', 'thingwire', 'transformations', index])}
                className="overflow-hidden rounded-md border"
              >
                <div className="flex h-9 items-center gap-1 pr-1 pl-0.5">
                  <Grip index={index} count={steps.length} label={name} onMove={move} />
                  <button
                    type="button"
                    aria-expanded={isOpen}
                    onClick={() => setOpen(isOpen ? null : index)}
                    className="flex h-full min-w-0 flex-1 items-center gap-2 text-left text-sm"
                  >
                    <span className={cn('min-w-0 flex-1 truncate', step.off === true && 'text-ink-3 line-through')}>
                      {index + 1}. {name}
                    </span>
                    <span className="shrink-0 text-2xs text-ink-3">
                      {t('stepSize', {
                        rows: tables[index + 1]?.rows.length ?? 0,
                        columns: tables[index + 1]?.columns.length ?? 0,
                      })}
                    </span>
                    <ChevronDown
                      aria-hidden
                      className={cn(
                        'size-4 shrink-0 text-ink-3 transition-transform duration-100',
                        isOpen && 'rotate-180',
                      )}
                    />
                  </button>
                  <Switch
                    label={t('stepOn', { step: name })}
                    checked={step.off !== true}
                    onChange={(checked) => set([...path, index, 'off'], checked ? undefined : true)}
                  />
                  <IconButton
                    size="icon-sm"
                    label={t('removeStep', { step: name })}
                    onClick={() => {
                      setOpen(null)
                      change(steps.toSpliced(index, 1))
                    }}
                  >
                    <Trash2 />
                  </IconButton>
                </div>
                {isBroken ? (
                  <p role="alert" className="px-3 pb-2 text-xs text-danger-text">
                    {t('brokenStep')}
                  </p>
                ) : null}
                {isOpen && type ? (
                  <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t bg-sunken/40 p-3">
                    <StepForm
                      type={type}
                      step={step}
                      columns={columnsBefore(index)}
                      onChange={(next) => {
                        const one = narrowed(step, next)
                        set([...path, index, ...one.path], one.value)
                      }}
                    />
                  </div>
                ) : null}
              </li>
            )
          })}
        </ol>
      ) : null}
      <Menu
        align="start"
        trigger={
          <Button>
            <Plus />
            {t('addStep')}
          </Button>
        }
      >
        {stepTypes.map((type) => (
          <MenuItem
            key={type}
            onSelect={() => {
              change([...steps, newStep(type, columnsBefore(steps.length))])
              setOpen(steps.length)
            }}
          >
            {t(`steps.${type}`)}
          </MenuItem>
        ))}
      </Menu>
      <section aria-label={t('tableTitle')} className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h3 className="text-xs font-medium text-ink-2">
          {shownAt === 0 ? t('tableBefore') : t('tableAfter', { number: shownAt })}
        </h3>
        <PlainTable table={shown} label={t('tableTitle')} />
      </section>
    </div>
  )
}
