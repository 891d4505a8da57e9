'use client'
import { Button, IconButton } from '@thingwire/ui'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { Part } from '../../../../../components/schema-form/objects.tsx'
import { pathOf } from '../../../../../components/schema-form/problems.ts'
import { isJson, jsonOf } from '../../side/json.ts'
import { movedTo } from '../parts/reorder.tsx'
import { Section } from '../parts/section.tsx'
import { AxisFields, axisMembers } from './axis-fields.tsx'
import { axesIn, freeAxisId, ordered } from './axes.ts'
import { useAxisUse } from '../use-edited-widget.ts'

/** The value axes of a chart: the one that all series have at first, and more for series of other measures. */
export const YAxesEditor: FieldEditor = ({ field, path, value, label, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const members = useMemo(axisMembers, [])
  const uses = useAxisUse()
  const stored = jsonOf(value)
  const axes = axesIn(value)
  const title = label ?? field.title
  const move = (from: number, to: number) =>
    onChange(
      ordered(
        stored,
        movedTo(axes, from, to).map(({ id }) => id),
      ),
    )
  return (
    <Part
      title={title}
      aside={
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            const id = freeAxisId(axes.map((axis) => axis.id))
            const position = axes.length % 2 === 1 ? 'right' : 'left'
            onChange({ default: {}, ...stored, [id]: { id, order: axes.length, position } })
          }}
        >
          <Plus />
          {t('addAxis')}
        </Button>
      }
    >
      {axes.map(({ id, axis }, index) => {
        const name = nameOf(t('axis', { number: index + 1 }), axis.label)
        const count = uses.get(id) ?? 0
        return (
          <Section
            key={id}
            title={name}
            isOpen={axes.length === 1}
            aside={
              <span className="flex items-center">
                <span className="pr-1 text-xs text-ink-3">{t('axisUses', { count })}</span>
                {axes.length > 1 ? (
                  <>
                    <IconButton
                      size="icon-sm"
                      label={t('moveUp', { what: name })}
                      disabled={index === 0}
                      onClick={() => move(index, index - 1)}
                    >
                      <ArrowUp />
                    </IconButton>
                    <IconButton
                      size="icon-sm"
                      label={t('moveDown', { what: name })}
                      disabled={index === axes.length - 1}
                      onClick={() => move(index, index + 1)}
                    >
                      <ArrowDown />
                    </IconButton>
                  </>
                ) : null}
                {id === 'default' ? null : (
                  <IconButton
                    size="icon-sm"
                    label={t('removeAxis', { what: name })}
                    onClick={() => onChange(Object.fromEntries(Object.entries(stored).filter(([one]) => one !== id)))}
                  >
                    <Trash2 />
                  </IconButton>
                )}
              </span>
            }
          >
            <AxisFields
              members={members}
              path={pathOf(path, id)}
              value={axis}
              onChange={(next) => onChange({ ...stored, [id]: isJson(next) ? next : {} })}
            />
          </Section>
        )
      })}
    </Part>
  )
}

const nameOf = (numbered: string, label: unknown) =>
  typeof label === 'string' && label !== '' ? `${numbered} · ${label}` : numbered
