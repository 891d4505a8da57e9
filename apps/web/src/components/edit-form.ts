'use client'
import { toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  type Resolver,
  type UseFormReturn,
  useForm,
} from 'react-hook-form'
import { ApiError } from '@/api/http.ts'
import { useUnsaved } from '@/shell/unsaved.tsx'
import { differences, isOvertaken, mergeEdits, sameValues } from './edit-state.ts'

/** What is wrong with a form, by field. */
export type Problems<Form> = Partial<Record<keyof Form & string, string>>

/** How one kind of entity is edited; `View` is a state of the server, `Form` what the page shows of it, flat. */
export type Editing<View, Form> = {
  stored: View
  toForm: (view: View) => Form
  problemsOf: (values: Form, base: View) => Problems<Form>
  read: () => Promise<View>
  /** Saves the values over a state; refused with 409 when that is not the newest. */
  write: (values: Form, over: View) => Promise<View>
  /** The field that a refusal is about, by its words. */
  refusedField: (message: string) => (keyof Form & string) | undefined
  /** Brings a field into sight. */
  show: (fields: (keyof Form & string)[]) => void
  onSaved: (saved: View) => void
}

export type EditForm<View, Form extends FieldValues> = {
  form: UseFormReturn<Form>
  /** The state of the server that the form started from, so that nobody's edit is lost. */
  base: View
  isDirty: boolean
  isBusy: boolean
  submit: (event?: React.BaseSyntheticEvent) => Promise<void>
  revert: () => void
  /** Why the server refused all of it; null: it did not. */
  refused: string | null
  /** What somebody else saved meanwhile; null: nobody did. */
  conflict: { base: Form; mine: Form; theirs: Form; keep: () => void; take: () => void; close: () => void } | null
}

/** A form over something that others may change at the same time: guarded, checked, and never saved over theirs unasked. */
export const useEditForm = <View extends { name: string; version: number }, Form extends FieldValues>(
  p: Editing<View, Form>,
): EditForm<View, Form> => {
  const t = useTranslations('edit')
  const [base, setBase] = useState(p.stored)
  const form = useForm<Form>({
    resolver: resolverOf((values) => p.problemsOf(values, base)),
    mode: 'onTouched',
    defaultValues: p.toForm(p.stored) as DefaultValues<Form>,
  })
  const [refused, setRefused] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<View | null>(null)
  const { isDirty, isSubmitting } = form.formState
  useUnsaved(isDirty)

  const start = (from: View) => {
    setBase(from)
    form.reset(p.toForm(from))
    setRefused(null)
    setTheirs(null)
  }
  useEffect(() => {
    if (!isDirty && isOvertaken(base, p.stored, p.toForm)) start(p.stored)
  })
  const save = async (values: Form, over: View): Promise<void> => {
    setRefused(null)
    try {
      const saved = await p.write(values, over)
      toast.done(t('saved', { name: saved.name }))
      start(saved)
      p.onSaved(saved)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 409) await meet(values, over)
      else refuse(error.message)
    }
  }
  const meet = async (values: Form, over: View) => {
    const newest = await p.read().catch((error: Error) => {
      setRefused(error.message)
      return null
    })
    if (!newest) return
    // What changed stands elsewhere: there is nothing to choose.
    if (newest.version !== over.version && sameValues(p.toForm(newest), p.toForm(over))) await save(values, newest)
    else setTheirs(newest)
  }
  /** Their values where both changed one; what only this person changed stays in the form, to be saved. */
  const take = (newest: View) => {
    const kept = mergeEdits(p.toForm(base), p.toForm(newest), form.getValues())
    start(newest)
    p.onSaved(newest)
    for (const field of differences(kept, p.toForm(newest)))
      form.setValue(field as Path<Form>, kept[field], { shouldDirty: true })
  }
  const refuse = (message: string) => {
    const field = p.refusedField(message)
    if (!field) return setRefused(message)
    form.setError(field as Path<Form>, { message })
    p.show([field])
  }
  return {
    form,
    base,
    isDirty,
    isBusy: isSubmitting,
    submit: form.handleSubmit(
      (values) => save(values, base),
      (errors) => p.show(Object.keys(errors)),
    ),
    revert: () => start(base),
    refused,
    conflict: theirs && {
      base: p.toForm(base),
      mine: form.getValues(),
      theirs: p.toForm(theirs),
      keep: () => void save(mergeEdits(p.toForm(base), form.getValues(), p.toForm(theirs)), theirs),
      take: () => take(theirs),
      close: () => setTheirs(null),
    },
  }
}

const resolverOf =
  <Form extends FieldValues>(check: (values: Form) => Problems<Form>): Resolver<Form> =>
  (values) => {
    const problems = Object.entries(check(values))
    return problems.length === 0
      ? { values, errors: {} }
      : {
          values: {},
          errors: Object.fromEntries(problems.map(([name, message]) => [name, { type: 'schema', message }])) as never,
        }
  }
