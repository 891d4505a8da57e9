'use client'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import type { Json } from '../../side/json.ts'
import { CodeField } from '../parts/code-field.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { ActionKindForm, withMembers } from './action-kind-form.tsx'
import { hasButtons } from './action-sources.ts'
import { ButtonFields } from './button-fields.tsx'
import { numberOf, textOf } from './kinds/kind-form.ts'

/** What one action is called and looks like, and what it does. */
export const ActionForm = (p: { action: Json; source: string; onChange: (action: Json) => void }) => {
  const t = useTranslations('dashboardPanel')
  const { action, source } = p
  const set = (members: Json) => p.onChange(withMembers(action, members))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t bg-sunken/40 p-3">
      <Field label={t('actionName')} hint={source === 'tooltipAction' ? t('tooltipActionHint') : undefined}>
        <Input value={textOf(action.name)} onChange={({ target }) => set({ name: target.value })} />
      </Field>
      {hasButtons(source) ? <ButtonFields action={action} set={set} hasLooks={source === 'headerButton'} /> : null}
      {source === 'cellClick' ? (
        <NumberField
          label={t('columnIndex')}
          hint={t('columnIndexHint')}
          value={numberOf(action.columnIndex)}
          least={0}
          isWhole
          onChange={(columnIndex) => set({ columnIndex })}
        />
      ) : null}
      <ActionKindForm action={action} onChange={p.onChange} />
      {hasButtons(source) ? (
        <>
          <SwitchRow
            label={t('shownWhen')}
            checked={action.useShowWidgetActionFunction === true}
            onChange={(checked) => set({ useShowWidgetActionFunction: checked })}
          />
          {action.useShowWidgetActionFunction === true ? (
            <CodeField
              label={t('shownFunction')}
              args="widgetContext, data"
              value={action.showWidgetActionFunction ?? 'return true;'}
              onChange={(code) => set({ showWidgetActionFunction: code })}
            />
          ) : null}
        </>
      ) : null}
    </div>
  )
}
