'use client'
import { useTranslations } from 'next-intl'
import { CodeField } from '../../parts/code-field.tsx'
import { MarkupField } from '../../parts/markup-field.tsx'
import { type KindFormProps, textOf } from './kind-form.ts'

/** Code of the dashboard; `isPretty`: with a dialog of its own. */
export const Custom = ({ action, set, isPretty }: KindFormProps & { isPretty: boolean }) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <p className="text-xs text-ink-3">{t('customHint')}</p>
      {isPretty ? (
        <>
          <MarkupField
            label={t('customHtml')}
            value={textOf(action.customHtml)}
            onChange={(customHtml) => set({ customHtml })}
          />
          <MarkupField
            label={t('customCss')}
            value={textOf(action.customCss)}
            onChange={(customCss) => set({ customCss })}
          />
        </>
      ) : null}
      <CodeField
        label={t('customCode')}
        args="$event, widgetContext, entityId, entityName, additionalParams, entityLabel"
        value={action.customFunction}
        onChange={(code) => set({ customFunction: code })}
      />
    </>
  )
}
