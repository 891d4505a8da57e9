'use client'
import { ChevronRight } from 'lucide-react'
import { Fragment, type ReactNode, useMemo, useState } from 'react'
import type { z } from 'zod'
import { ChoiceControl, FixedControl, FlagControl, NumberControl, TextControl } from './controls.tsx'
import {
  type ControlProps,
  type FieldEditor,
  FormContext,
  noSuggestions,
  type UseSuggestions,
  useFormState,
  useProblem,
} from './form-context.ts'
import { type FormField, formOf, isMeant } from './form-field.ts'
import { ListControl, MapControl, TextsControl } from './lists.tsx'
import { Members, ObjectControl, UnionControl, withFallbacks } from './objects.tsx'
import { type Problem, problemWithin } from './problems.ts'
import { RawControl } from './raw-control.tsx'
import { ScriptControl } from './script-control.tsx'
import { type SettingGroup, settingGroups } from './setting-groups.ts'
import { ValueControl } from './value-control.tsx'
import { isValues, withMember } from './values.ts'

type Props = {
  schema: z.ZodType
  /** What is stored or edited so far; members that the schema does not know are kept. */
  value: unknown
  onChange: (value: unknown) => void
  problems: readonly Problem[]
  /** Shows complaints about settings that nobody has touched yet, too: after saving was tried. */
  showsAll: boolean
  isReadOnly?: boolean
  /** A long form has its settings in groups that can be folded. */
  isGrouped?: boolean
  /** Controls for settings whose schema asks for an editor by name. */
  editors?: Readonly<Record<string, FieldEditor>>
  /** A hook; it must be the same one as long as the form is shown. */
  useSuggestions?: UseSuggestions
}

const noEditors = {}

/** A form made from a schema: one control for each setting, named and described by the schema's own words. */
export const SchemaForm = ({ schema, value, onChange, problems, showsAll, isReadOnly, isGrouped, ...p }: Props) => {
  const { editors = noEditors, useSuggestions = noSuggestions } = p
  const form = useMemo(() => formOf(schema), [schema])
  const groups = useMemo(
    () => (isGrouped && form.kind === 'object' ? settingGroups(form.members) : null),
    [form, isGrouped],
  )
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const state = useMemo(
    () => ({
      problems,
      showsAll,
      editors,
      useSuggestions,
      Control,
      touched,
      touch: (path: string) => setTouched((before) => (before.has(path) ? before : new Set([...before, path]))),
    }),
    [problems, showsAll, editors, useSuggestions, touched],
  )
  return (
    <FormContext value={state}>
      <fieldset disabled={isReadOnly} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
        {groups && form.kind === 'object' ? (
          <Groups groups={groups} all={form.members} value={value} onChange={onChange} />
        ) : form.kind === 'object' ? (
          <Members members={form.members} path="" value={value} onChange={onChange} Control={Control} />
        ) : (
          <Control field={form} path="" value={value} onChange={onChange} />
        )}
        <Complaint />
      </fieldset>
    </FormContext>
  )
}

/** Groups are folded where there are too many settings to read through. */
const mostOpen = 24

const Groups = (p: {
  groups: readonly SettingGroup[]
  all: readonly FormField[]
  value: unknown
  onChange: (value: unknown) => void
}) => {
  const { problems } = useFormState()
  const [isOpen] = useState(p.all.length <= mostOpen)
  const values = isValues(p.value) ? p.value : {}
  const effective = withFallbacks(p.all, values)
  return p.groups.map(({ title, members, part }) => {
    if (members.every((one) => !isMeant(one, effective))) return null
    const list = () =>
      part ? (
        <PartMembers
          part={part}
          value={values[part.key]}
          onChange={(value) => p.onChange(withMember(values, part.key, value))}
        />
      ) : (
        <Members members={members} among={p.all} path="" value={p.value} onChange={p.onChange} Control={Control} />
      )
    if (title === '') return <Fragment key={title}>{list()}</Fragment>
    const isWrong = members.some(({ key }) => problemWithin(problems, key) !== undefined)
    return <Group key={title} title={title} beginsOpen={isOpen} isWrong={isWrong} list={list} />
  })
}

/** What is folded is not drawn: a long form would be made anew with each letter. */
const Group = (p: { title: string; beginsOpen: boolean; isWrong: boolean; list: () => ReactNode }) => {
  const [isOpen, setOpen] = useState(p.beginsOpen)
  const shows = isOpen || p.isWrong
  return (
    <details open={shows} onToggle={({ currentTarget }) => setOpen(currentTarget.open)} className="-mb-4 border-t">
      <summary className="flex h-10 cursor-pointer list-none items-center gap-1.5 text-sm font-medium hover:text-ink-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 text-ink-3 transition-transform duration-100 [details[open]>summary>&]:rotate-90"
        />
        {p.title}
      </summary>
      {shows ? <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-1 pb-5">{p.list()}</div> : null}
    </details>
  )
}

const PartMembers = (p: { part: FormField; value: unknown; onChange: (value: unknown) => void }) =>
  p.part.kind === 'object' ? (
    <div data-setting={p.part.key} className="contents">
      {p.part.description ? <p className="-mt-1 text-xs text-ink-3">{p.part.description}</p> : null}
      <Members members={p.part.members} path={p.part.key} value={p.value} onChange={p.onChange} Control={Control} />
    </div>
  ) : null

/** About the configuration as a whole. */
const Complaint = () => {
  const problem = useFormState().problems.find(({ path }) => path === '')
  return problem ? (
    <p role="alert" className="text-xs text-danger-text">
      {problem.message}
    </p>
  ) : null
}

/** The control of a setting, by its kind. */
const Control = (p: ControlProps) => {
  const { editors, touch } = useFormState()
  const error = useProblem(p.path)
  const Own = p.field.editor === null ? undefined : editors[p.field.editor]
  return (
    // No box of its own: it only names the setting to who looks for its control.
    <div data-setting={p.path} className="contents">
      {Own ? <Own {...p} error={error} onDone={() => touch(p.path)} /> : <BuiltIn {...p} />}
    </div>
  )
}

const BuiltIn = ({ field, ...p }: ControlProps<FormField>) => {
  switch (field.kind) {
    case 'text':
      return field.editor === 'script' ? <ScriptControl field={field} {...p} /> : <TextControl field={field} {...p} />
    case 'number':
      return <NumberControl field={field} {...p} />
    case 'flag':
      return <FlagControl field={field} {...p} />
    case 'choice':
      return <ChoiceControl field={field} {...p} />
    case 'fixed':
      return <FixedControl field={field} {...p} />
    case 'texts':
      return <TextsControl field={field} {...p} />
    case 'map':
      return <MapControl field={field} {...p} />
    case 'list':
      return <ListControl field={field} {...p} Control={Control} />
    case 'object':
      return <ObjectControl field={field} {...p} Control={Control} />
    case 'union':
      return <UnionControl field={field} {...p} Control={Control} />
    case 'raw':
      return field.editor === 'json-value' ? <ValueControl field={field} {...p} /> : <RawControl field={field} {...p} />
  }
}
