import type { FieldEditor } from '@/components/schema-form/form-context.ts'
import { scriptEditors } from '../../scripts/script-field.tsx'
import { RuleChainSelect } from './rule-chain-select.tsx'

/** Controls for settings whose schema names an editor, beside those of the form itself. */
export const editors: Readonly<Record<string, FieldEditor>> = {
  ...scriptEditors,
  'rule-chain': RuleChainSelect,
}
