import { type ComponentType, createContext, use } from 'react'
import type { FormField } from './form-field.ts'
import { type Problem, problemAt, problemWithin } from './problems.ts'
import type { Values } from './values.ts'

/** What every control gets: its setting, its place, and the value there. */
export type ControlProps<F extends FormField = FormField> = {
  field: F
  path: string
  value: unknown
  onChange: (value: unknown) => void
  /** Other words than the setting's own, where several stand in a row. */
  label?: string
  /** The settings that it stands among, for controls that show or need more than one. */
  siblings?: Neighbours
}

export type Neighbours = {
  values: Values
  fields: readonly FormField[]
  /** Sets several at once; undefined takes a member away. */
  set: (members: Values) => void
}

/** Texts that a person may want in a setting, by the name that its schema gives their source. */
export type UseSuggestions = (source: string) => readonly string[]

/** A control for settings whose schema names an editor; `onDone` says that the person left it. */
export type FieldEditor = ComponentType<ControlProps & { error: string | undefined; onDone: () => void }>

type FormState = {
  problems: readonly Problem[]
  touched: ReadonlySet<string>
  touch: (path: string) => void
  showsAll: boolean
  editors: Readonly<Record<string, FieldEditor>>
  useSuggestions: UseSuggestions
  /** Draws one setting, for editors that have settings inside of them. */
  Control: ComponentType<ControlProps>
}

const noTexts: readonly string[] = []
export const noSuggestions: UseSuggestions = () => noTexts

export const FormContext = createContext<FormState>({
  problems: [],
  touched: new Set(),
  touch: () => undefined,
  showsAll: false,
  editors: {},
  useSuggestions: noSuggestions,
  Control: () => null,
})

export const useFormState = () => use(FormContext)

/** The complaint about a place, once the person has been there; `within`: about any part of it, too. */
export const useProblem = (path: string, within = false): string | undefined => {
  const { problems, touched, showsAll } = useFormState()
  if (!showsAll && !touched.has(path)) return undefined
  return within ? problemWithin(problems, path) : problemAt(problems, path)
}
