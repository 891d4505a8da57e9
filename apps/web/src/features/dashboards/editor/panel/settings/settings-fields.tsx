'use client'
import type { JsonPath } from '@thingwire/dashboards/edit'
import { useMemo } from 'react'
import type { z } from 'zod'
import { SchemaForm } from '../../../../../components/schema-form/schema-form.tsx'
import { jsonOf, type Json } from '../../side/json.ts'
import { narrowed } from '../parts/narrowed.ts'
import { useSet } from '../parts/use-set.ts'
import { EditedWidgetContext } from '../use-edited-widget.ts'
import { settingsEditors } from './settings-editors.tsx'
import { partOf } from '../focus-part.ts'
import { useProblemsAt } from './use-problems-at.ts'

type Props = {
  id: string
  path: JsonPath
  schema: z.ZodType
  value: unknown
  /** Makes settings of an older file those that the schema describes; the same of those that are so already. */
  upgrade?: ((stored: Json) => Json) | undefined
}

/** The form of settings of a widget or of a key, by their schema; each change is a step of the draft. */
export const SettingsFields = ({ id, path, schema, value: stored, upgrade }: Props) => {
  const set = useSet(id)
  const problems = useProblemsAt(id, path)
  const found = useMemo(() => problems.map((one) => ({ path: one.path.join('/'), message: one.message })), [problems])
  const value = useMemo(() => {
    const upgraded = upgrade?.({ ...jsonOf(stored) })
    return upgraded === undefined || isSame(upgraded, stored) ? stored : upgraded
  }, [stored, upgrade])
  return (
    <EditedWidgetContext value={id}>
      <div {...partOf(path)} className="contents">
        <SchemaForm
          schema={schema}
          value={value}
          problems={found}
          showsAll
          isGrouped
          editors={settingsEditors}
          onChange={(next) => {
            // Settings of an older file are written in today's form with the first change.
            if (value !== stored) return set(path, next)
            // Each setting is a step of its own to undo.
            const change = narrowed(stored, next)
            set([...path, ...change.path], change.value)
          }}
        />
      </div>
    </EditedWidgetContext>
  )
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
