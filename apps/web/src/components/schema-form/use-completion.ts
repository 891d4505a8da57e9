import { useCallback } from 'react'
import { type Completion, inPattern, wholeText } from './completion.ts'
import { useFormState } from './form-context.ts'
import type { FormField } from './form-field.ts'

type Hinted = Pick<FormField, 'suggest' | 'isPattern'>

/** What could stand in a setting: keys of the message in patterns, and the texts that its schema names. Null: nothing. */
export const useCompletion = ({
  suggest,
  isPattern,
}: Hinted): ((text: string, at: number) => Completion | null) | null => {
  const { useSuggestions } = useFormState()
  const found = useSuggestions(typeof suggest === 'string' ? suggest : '')
  const metadata = useSuggestions(isPattern ? 'metadata-keys' : '')
  const data = useSuggestions(isPattern ? 'data-keys' : '')
  const texts = typeof suggest === 'string' ? found : suggest
  const complete = useCallback(
    (text: string, at: number) => {
      const key = isPattern ? inPattern({ metadata, data }, text, at) : null
      return key ?? (text.includes('$') ? null : wholeText(texts, text))
    },
    [texts, isPattern, metadata, data],
  )
  return isPattern || texts.length > 0 ? complete : null
}
