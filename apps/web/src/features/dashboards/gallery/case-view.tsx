'use client'
import type { WidgetCase, WidgetManifest } from '@thingwire/widgets/manifests'
import { idleHost, useWidgetView, WidgetHostProvider, WidgetNotice, widgetViewLoaders } from '@thingwire/widgets/views'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useContentPort } from '../host/content/use-content-port.tsx'
import { useFunctionsPort } from '../host/functions/functions-provider.tsx'
import { useWidgetTexts } from '../use-widget-texts.ts'

/** A case that names no time window looks at what its points cover. */
const spanOf = ({ state }: WidgetCase) => {
  const times = state.status === 'ready' ? state.series.flatMap(({ points }) => points.map(([ts]) => ts)) : []
  return times.length > 0
    ? { startTs: Math.min(...times.slice(0, 10_000)), endTs: Math.max(...times.slice(0, 10_000)) }
    : { startTs: 0, endTs: 0 }
}

/** A widget in one case of its folder, without a server behind it. */
export const CaseView = (p: {
  manifest: WidgetManifest
  one: WidgetCase
  size: { width: number; height: number }
  theme: 'light' | 'dark'
}) => {
  const { manifest, one } = p
  const t = useTranslations('gallery')
  const locale = useLocale()
  const texts = useWidgetTexts()
  const functions = useFunctionsPort()
  const content = useContentPort()
  const host = useMemo(
    () => idleHost({ locale, content, ...(functions ? { functions } : {}), ...one.host }),
    [locale, functions, content, one],
  )
  const settings = useMemo(() => manifest.settings.parse(one.settings), [manifest, one])
  const View = useWidgetView(manifest.type)
  if (!widgetViewLoaders[manifest.type]) return <WidgetNotice state={{ status: 'failed', reason: t('noView') }} />
  if (!View) return <WidgetNotice state={{ status: 'loading' }} />
  return (
    <WidgetHostProvider value={host}>
      <View
        settings={settings}
        state={one.state}
        title={one.name}
        config={{
          units: null,
          decimals: null,
          fqn: manifest.fqns[0] ?? manifest.type,
          ...(one.columns ? { columns: one.columns } : {}),
        }}
        window={one.window ?? spanOf(one)}
        {...(one.comparison ? { comparison: one.comparison } : {})}
        interval={one.interval ?? 0}
        timeZone="UTC"
        size={p.size}
        theme={p.theme}
        texts={texts}
        locale={locale}
        {...(one.control ? { control: one.control } : {})}
      />
    </WidgetHostProvider>
  )
}
