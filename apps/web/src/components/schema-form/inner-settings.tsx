'use client'
import { useFormState } from './form-context.ts'
import type { FormField } from './form-field.ts'
import { Members } from './objects.tsx'

/** Settings of an object inside of an editor, as the form itself shows them. */
export const InnerSettings = (p: {
  members: readonly FormField[]
  /** All of the object, where these are some of them. */
  among?: readonly FormField[]
  path: string
  value: unknown
  onChange: (value: unknown) => void
}) => <Members {...p} Control={useFormState().Control} />
