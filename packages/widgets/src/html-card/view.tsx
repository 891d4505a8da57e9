'use client'
import { withoutTranslations } from '@thingwire/dashboards'
import type { z } from 'zod'
import { HtmlContent } from '../engines/content/html-content.tsx'
import { hasScript } from '../engines/content/markdown.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { htmlCardSettingsSchema } from './manifest.ts'

export const HtmlCard = (p: WidgetViewProps<z.infer<typeof htmlCardSettingsSchema>>) => (
  <HtmlContent
    html={withoutTranslations(p.settings.cardHtml)}
    runs={hasScript(p.settings.cardHtml)}
    css={p.settings.cardCss}
    entity={null}
    title={p.title}
    theme={p.theme}
  />
)
