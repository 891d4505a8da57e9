'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useWatch } from 'react-hook-form'
import { getAlarmField, saveAlarmField } from '@/api/alarm-fields.ts'
import { type EditForm, type Problems, useEditForm } from '@/components/edit-form.ts'
import {
  type AlarmFieldField,
  type AlarmFieldForm,
  type AlarmFieldState,
  issuesOf,
  refusedField,
  toBody,
  toForm,
  toState,
} from './alarm-field-form.ts'
import { type FieldIssue, issueAt } from './issues.ts'
import { useIssueWords } from './use-field-words.ts'

type Edit = EditForm<AlarmFieldState, AlarmFieldForm>

/** Everything that the parts of the page need of the form. */
export type AlarmFieldEdit = {
  edit: Edit
  values: AlarmFieldForm
  set: <F extends AlarmFieldField>(field: F, value: AlarmFieldForm[F]) => void
  /** What is wrong at a place, in words; problems are told once somebody wants to be done. */
  problemAt: (field: AlarmFieldField, ...path: PropertyKey[]) => string | undefined
  /** Things that are wrong. */
  count: number
}

const stateOf = (rule: Awaited<ReturnType<typeof getAlarmField>>): AlarmFieldState => {
  const state = toState(rule)
  if (!state) throw new Error(`The alarm rule ${rule.name} is of a form that is not known here`)
  return state
}

/** The form of one alarm rule; one that is not stored yet is made by saving it. `show` brings the rule into sight. */
export const useAlarmFieldEdit = (state: AlarmFieldState, show: () => void): AlarmFieldEdit => {
  const client = useQueryClient()
  const router = useRouter()
  const words = useIssueWords()
  const edit = useEditForm<AlarmFieldState, AlarmFieldForm>({
    stored: state,
    toForm,
    problemsOf: (values, base) => byField(issuesOf(values, base), words),
    read: async () => stateOf(await getAlarmField(state.stored?.id.id ?? '')),
    write: async (values, over) => stateOf(await saveAlarmField(toBody(values, over))),
    refusedField,
    show: () => {
      show()
      showFirst()
    },
    onSaved: ({ stored }) => {
      if (!stored) return
      client.setQueryData(['alarm-fields', stored.id.id], stored)
      void client.invalidateQueries({ queryKey: ['alarm-fields', 'page'] })
      if (!state.stored) router.replace(`/alarm-rules/${stored.id.id}`)
    },
  })
  const { form, base } = edit
  const values = useWatch({ control: form.control, compute: (all) => all })
  const isTried = form.formState.submitCount > 0
  const issues = useMemo(() => (isTried ? issuesOf(values, base) : []), [isTried, values, base])
  return {
    edit,
    values,
    set: (field, value) =>
      form.setValue(field, value as never, { shouldDirty: true, shouldTouch: true, shouldValidate: isTried }),
    problemAt: (field, ...path) => {
      const issue = issueAt(issues, field, path)
      if (path.length > 0) return issue && words(issue)
      // What is wrong within the field stands there; what the server refused, at the field itself.
      if (issue) return issue.path.length === 0 ? words(issue) : undefined
      return form.formState.errors[field]?.message
    },
    count: issues.length,
  }
}

const byField = (issues: readonly FieldIssue[], words: (issue: FieldIssue) => string): Problems<AlarmFieldForm> =>
  Object.fromEntries(issues.toReversed().map((issue) => [issue.field, words(issue)]))

/** Brings the first thing that is wrong into sight, once it is drawn. */
const showFirst = () =>
  requestAnimationFrame(() =>
    document.querySelector('#main [role=alert]')?.scrollIntoView({ block: 'center', behavior: 'instant' }),
  )
