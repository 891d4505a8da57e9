'use client'
import type { LivePoint } from '@thingwire/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useFunctionContext } from '../../functions/function-context.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { WidgetHost } from '../../host/host.ts'
import { type Draft, type FieldProblem, fromDraft, toDraft } from './field.ts'
import { type FormEntry, type FormField, type FormWrite, planWrites } from './form-field.ts'

type Edit = {
  draft: Draft
  /** Saved over this point: what was saved is shown until another one comes. */
  savedOver: { point: LivePoint | undefined } | null
}

export type FormStatus = { kind: 'idle' } | { kind: 'saving' } | { kind: 'saved' } | { kind: 'failed'; reason: string }

export type FormControls = {
  draftOf: (field: FormField) => Draft
  problemOf: (field: FormField) => FieldProblem | { kind: 'onlyDevices' } | null
  isDisabled: (field: FormField) => boolean
  isDirty: boolean
  status: FormStatus
  set: (field: FormField, draft: Draft) => void
  undo: () => void
  save: () => void
  /** Saves one field by itself. */
  commit: (field: FormField, draft: Draft) => void
}

const isOff = (value: unknown) => !value || value === 'false'

/** Values as functions of the file make them of what is stored, by field. */
const useGot = (fields: readonly FormField[]): ReadonlyMap<string, { of: LivePoint; value: unknown }> => {
  const { functions } = useWidgetHost()
  const context = useFunctionContext()
  const [got, setGot] = useState<ReadonlyMap<string, { of: LivePoint; value: unknown }>>(new Map())
  const asked = useRef(new Map<string, LivePoint>())
  useEffect(() => {
    for (const { id, getter, point } of fields) {
      if (!getter || !point || asked.current.get(id) === point) continue
      asked.current.set(id, point)
      void functions.callMany(getter, ['value', 'ctx'], [[point[1], context]]).then(([result]) => {
        if (asked.current.get(id) !== point) return
        setGot((before) => new Map(before).set(id, { of: point, value: result?.ok ? result.value : point[1] }))
      })
    }
  }, [fields, functions, context])
  return got
}

const send = (values: WidgetHost['values'], write: FormWrite): Promise<void> => {
  switch (write.kind) {
    case 'attributes':
      return values.saveAttributes(write.entityId, write.scope, write.values)
    case 'delete':
      return values.deleteAttributes(write.entityId, write.scope, write.keys)
    case 'telemetry':
      return values.saveTelemetry(write.entityId, write.values)
  }
}

/** What a person changes in a form over values that go on meanwhile, and how it is saved. */
export const useForm = (fields: readonly FormField[], options: { savesAll: boolean }): FormControls => {
  const { values, functions } = useWidgetHost()
  const [edits, setEdits] = useState<ReadonlyMap<string, Edit>>(new Map())
  const [status, setStatus] = useState<FormStatus>({ kind: 'idle' })
  const context = useFunctionContext()
  const got = useGot(fields)
  /** What is on its way, by field: a second press sends nothing more. */
  const pending = useRef(new Map<string, Draft>())

  const stored = (field: FormField): unknown => got.get(field.id)?.value ?? field.point?.[1]
  const editOf = (field: FormField): Edit | undefined => {
    const edit = edits.get(field.id)
    return edit?.savedOver && edit.savedOver.point !== field.point ? undefined : edit
  }
  const draftOf = (field: FormField): Draft => editOf(field)?.draft ?? toDraft(field.spec.kind, stored(field))
  const isChanged = (field: FormField): boolean => {
    const edit = editOf(field)
    return edit !== undefined && edit.savedOver === null
  }
  const specOf = ({ spec, target }: FormField) =>
    // A point cannot be taken back by leaving a field empty.
    target === 'timeseries' ? { ...spec, isRequired: true } : spec
  const problemOf: FormControls['problemOf'] = (field) => {
    if (field.target === 'shared' && field.entity.id.entityType !== 'DEVICE') return { kind: 'onlyDevices' }
    if (!isChanged(field)) return null
    const made = fromDraft(specOf(field), draftOf(field))
    return made.ok ? null : made.problem
  }
  const isDisabled = (field: FormField): boolean => {
    if (field.editable === 'disabled' || (field.target === 'shared' && field.entity.id.entityType !== 'DEVICE'))
      return true
    const other = field.disabledOn
      ? fields.find(({ group, key }) => group === field.group && key === field.disabledOn)
      : undefined
    return other !== undefined && isOff(draftOf(other))
  }

  const entryOf = async (field: FormField, draft: Draft): Promise<FormEntry | null> => {
    const made = fromDraft(specOf(field), draft)
    if (!made.ok) return null
    const entry = { entityId: field.entity.id, target: field.target, key: field.key }
    if (!field.setter) return { ...entry, value: made.value }
    const call = [made.value, field.point?.[1] ?? null, context]
    const [result] = await functions.callMany(field.setter, ['value', 'originValue', 'ctx'], [call])
    if (!result?.ok) throw new Error(result?.message ?? '')
    return { ...entry, value: result.value }
  }

  const saveAll = async (all: readonly { field: FormField; draft: Draft }[]): Promise<void> => {
    const wanted = all.filter(({ field: { id }, draft }) => pending.current.get(id) !== draft)
    if (wanted.length === 0) return
    for (const { field, draft } of wanted) pending.current.set(field.id, draft)
    setStatus({ kind: 'saving' })
    try {
      const entries = await Promise.all(wanted.map(({ field, draft }) => entryOf(field, draft)))
      const writes = planWrites(entries.filter((entry) => entry !== null))
      await Promise.all(writes.map((write) => send(values, write)))
      setEdits((before) => {
        const next = new Map(before)
        // What was typed meanwhile is newer than what was saved.
        for (const { field, draft } of wanted)
          if (!next.has(field.id) || next.get(field.id)?.draft === draft)
            next.set(field.id, { draft, savedOver: { point: field.point } })
        return next
      })
      setStatus({ kind: 'saved' })
    } catch (error) {
      setStatus({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
    } finally {
      for (const { field } of wanted) pending.current.delete(field.id)
    }
  }

  const save = () => {
    const open = fields.filter((field) => field.editable === 'editable' && !isDisabled(field))
    if (open.some((field) => problemOf(field) !== null)) return
    const wanted = fields.filter((field) => isChanged(field) || (options.savesAll && field.point !== undefined))
    void saveAll(wanted.map((field) => ({ field, draft: draftOf(field) })))
  }

  const set = useCallback((field: FormField, draft: Draft) => {
    setEdits((before) => new Map(before).set(field.id, { draft, savedOver: null }))
    setStatus((before) => (before.kind === 'saving' ? before : { kind: 'idle' }))
  }, [])

  const commit = (field: FormField, draft: Draft) => {
    if (toDraft(field.spec.kind, stored(field)) === draft && !isChanged(field)) return
    set(field, draft)
    if (fromDraft(specOf(field), draft).ok && !isDisabled(field)) void saveAll([{ field, draft }])
  }

  return {
    draftOf,
    problemOf,
    isDisabled,
    isDirty: fields.some(isChanged),
    status,
    set,
    undo: () => {
      setEdits(new Map())
      setStatus({ kind: 'idle' })
    },
    save,
    commit,
  }
}
