'use client'
import { Button, Field } from '@thingwire/ui'
import { ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, type ReactNode, useId, useRef } from 'react'
import { Options } from './controls.tsx'
import { type ControlProps, useFormState, useProblem } from './form-context.ts'
import { builtInEditors } from './built-in-editors.ts'
import { type FieldOf, type FormField, isMeant } from './form-field.ts'
import { pathOf, problemWithin } from './problems.ts'
import { initialOf, isValues, unset, type Values, variantValue, withMember } from './values.ts'

type Nested<F extends FormField> = ControlProps<F> & { Control: ComponentType<ControlProps> }

/** The settings of an object, one below the other; without those that mean nothing beside the others. */
export const Members = (p: {
  members: readonly FormField[]
  /** All of the object, where these are some of them. */
  among?: readonly FormField[]
  path: string
  value: unknown
  onChange: (value: unknown) => void
  Control: ComponentType<ControlProps>
}) => {
  const { problems, editors } = useFormState()
  const values = isValues(p.value) ? p.value : {}
  const isWrong = ({ key }: FormField) => problemWithin(problems, pathOf(p.path, key)) !== undefined
  const siblings = {
    values,
    fields: p.among ?? p.members,
    set: (members: Values) =>
      p.onChange(Object.entries(members).reduce((all, [key, value]) => withMember(all, key, value), values)),
  }
  const effective = withFallbacks(p.among ?? p.members, values)
  const meant = ofLanguage(p.members, values).filter((one) => isMeant(one, effective) || isWrong(one))
  const shownElsewhere = new Set(
    meant.flatMap(({ unit, covers, editor }) => [
      ...(unit === null ? [] : [unit]),
      ...(editor !== null && (editors[editor] || builtInEditors.has(editor)) ? covers : []),
    ]),
  )
  const shown = meant.filter(({ key }) => !shownElsewhere.has(key))
  const control = (member: FormField) => (
    <p.Control
      key={member.key}
      field={member}
      path={pathOf(p.path, member.key)}
      value={values[member.key]}
      siblings={siblings}
      onChange={(value) => p.onChange(withMember(values, member.key, value))}
    />
  )
  const kept = shown.filter(({ isKept }) => isKept)
  return (
    <>
      {shown.filter(({ isKept }) => !isKept).map(control)}
      {kept.length > 0 ? <Kept isOpen={kept.some(isWrong)}>{kept.map(control)}</Kept> : null}
    </>
  )
}

/** The settings as they are taken: what is not set is what the schema says. */
export const withFallbacks = (members: readonly FormField[], values: Values): Values => ({
  ...Object.fromEntries(members.flatMap(({ key, fallback }) => (fallback === undefined ? [] : [[key, fallback]]))),
  ...values,
})

/** Settings that do nothing here stand aside. */
const Kept = ({ isOpen, children }: { isOpen: boolean; children: ReactNode }) => {
  const t = useTranslations('schemaForm')
  return (
    <details open={isOpen} className="group/kept">
      <summary className="flex min-h-7 cursor-pointer list-none items-center gap-1 text-xs font-medium text-ink-3 hover:text-ink-2 pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform duration-100 group-open/kept:rotate-90" />
        {t('kept')}
      </summary>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </details>
  )
}

/** Of the scripts of a node only the one in the language that is chosen; left open, it is JavaScript. */
const ofLanguage = (members: readonly FormField[], values: Values): readonly FormField[] => {
  if (!members.some(({ key }) => key === 'scriptLang')) return members
  const isTbel = values.scriptLang === 'TBEL'
  return members.filter(({ key, editor }) => editor !== 'script' || /tbel/i.test(key) === isTbel)
}

/** A titled part of the form; its settings stand a step to the right. */
export const Part = (p: {
  title: string
  hint?: string
  error?: string | undefined
  aside?: ReactNode
  children?: ReactNode
}) => {
  const noteId = useId()
  const note = p.error ?? p.hint
  return (
    <fieldset aria-describedby={note ? noteId : undefined} className="min-w-0">
      {/* A legend cannot stand in a row with a button, so it is only read. */}
      <legend className="sr-only">{p.title}</legend>
      <div className="flex min-h-6 items-center justify-between gap-2">
        <p aria-hidden className="text-xs font-medium text-ink-2">
          {p.title}
        </p>
        {p.aside}
      </div>
      {note ? (
        <p
          id={noteId}
          role={p.error ? 'alert' : undefined}
          className={p.error ? 'text-xs text-danger-text' : 'text-xs text-ink-3'}
        >
          {note}
        </p>
      ) : null}
      {p.children ? (
        <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-4 border-l-2 border-line pl-3">{p.children}</div>
      ) : null}
    </fieldset>
  )
}

export const ObjectControl = ({ field, path, value, onChange, label, Control }: Nested<FieldOf<'object'>>) => {
  const t = useTranslations('schemaForm')
  const error = useProblem(path)
  const title = label ?? field.title
  // What the schema fills in by itself is always there.
  const isOpen = field.isNullable || !(field.isRequired || isValues(field.fallback))
  const isThere = isValues(value) || !isOpen
  return (
    <Part
      title={title}
      hint={field.description}
      error={error}
      aside={
        isOpen ? (
          isThere ? (
            <Button
              size="sm"
              variant="ghost"
              aria-label={t('removeNamed', { what: title })}
              onClick={() => onChange(unset(field))}
            >
              <Trash2 />
              {t('remove')}
            </Button>
          ) : (
            <Button size="sm" aria-label={t('setNamed', { what: title })} onClick={() => onChange(initialOf(field))}>
              <Plus />
              {t('set')}
            </Button>
          )
        ) : undefined
      }
    >
      {isThere && field.members.length > 0 ? (
        <Members members={field.members} path={path} value={value} onChange={onChange} Control={Control} />
      ) : null}
    </Part>
  )
}

/** A choice, and below it the settings of what was chosen. What was entered for another choice comes back with it. */
export const UnionControl = ({ field, path, value, onChange, label, Control }: Nested<FieldOf<'union'>>) => {
  const { touch } = useFormState()
  const error = useProblem(path)
  const tagError = useProblem(pathOf(path, field.tag))
  const entered = useRef(new Map<string, unknown>())
  const tag = isValues(value) ? value[field.tag] : undefined
  const variant = field.variants.find((one) => one.value === tag)
  const choose = (chosen: string | null) => {
    if (typeof tag === 'string') entered.current.set(tag, value)
    if (chosen === null) return onChange(unset(field))
    onChange(entered.current.get(chosen) ?? variantValue(field, chosen, value))
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Field label={label ?? field.title} hint={field.description} error={tagError ?? error}>
        <Options
          field={{ ...field, fallback: isValues(field.fallback) ? field.fallback[field.tag] : undefined }}
          options={field.variants.map((one) => one.value)}
          value={tag}
          onDone={() => touch(path)}
          onChange={choose}
        />
      </Field>
      {variant && variant.members.length > 0 ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-l-2 border-line pl-3">
          <Members members={variant.members} path={path} value={value} onChange={onChange} Control={Control} />
        </div>
      ) : null}
    </div>
  )
}
