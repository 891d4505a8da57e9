'use client'
import type { JsonPath } from '@thingwire/dashboards/edit'
import { useMemo } from 'react'
import type { z } from 'zod'
import { SchemaForm } from '../../../../../components/schema-form/schema-form.tsx'
import { useSet } from '../parts/use-set.ts'
import { EditedWidgetContext } from '../use-edited-widget.ts'
import { useProblemsAt } from './use-problems-at.ts'
import { narrowed } from '../parts/narrowed.ts'
import { settingsEditors } from './settings-editors.tsx'

/** The form of settings of a widget or of a key, by their schema; each change is a step of the draft. */
export const SettingsFields = (p: { id: string; path: JsonPath; schema: z.ZodType; value: unknown }) => {
  const set = useSet(p.id)
  const problems = useProblemsAt(p.id, p.path)
  const found = useMemo(() => problems.map(({ path, message }) => ({ path: path.join('/'), message })), [problems])
  return (
    <EditedWidgetContext value={p.id}>
      <SchemaForm
        schema={p.schema}
        value={p.value}
        problems={found}
        showsAll
        isGrouped
        editors={settingsEditors}
        onChange={(value) => {
          // Each setting is a step of its own to undo.
          const change = narrowed(p.value, value)
          set([...p.path, ...change.path], change.value)
        }}
      />
    </EditedWidgetContext>
  )
}
