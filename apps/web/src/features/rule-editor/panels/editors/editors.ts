import type { FieldEditor } from '../../../../components/schema-form/form-context.ts'
import { scriptEditors } from '../../scripts/script-field.tsx'
import { EntityField, EntityTypeField, RuleChainField } from './entity-fields.tsx'
import { CircleField } from './geofence/circle-field.tsx'
import { PolygonField } from './geofence/polygon-field.tsx'
import { RelationsField } from './relations-field.tsx'
import { SeverityField } from './severity-field.tsx'
import { TemplateField } from './template-field.tsx'

/** Controls for settings whose schema names an editor, beside those of the form itself. */
export const editors: Readonly<Record<string, FieldEditor>> = {
  ...scriptEditors,
  circle: CircleField,
  entity: EntityField,
  'entity-type': EntityTypeField,
  lines: TemplateField,
  polygon: PolygonField,
  relations: RelationsField,
  'rule-chain': RuleChainField,
  severity: SeverityField,
}
