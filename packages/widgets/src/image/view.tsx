'use client'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import type { z } from 'zod'
import { contentWords } from '../engines/content/content-words.ts'
import { fillPattern } from '../engines/content/records.ts'
import { newest } from '../format.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { imageSettingsSchema } from './manifest.ts'

type Settings = z.infer<typeof imageSettingsSchema>

export const Image = ({ state, settings, title }: WidgetViewProps<Settings>) =>
  state.status === 'ready' ? (
    <Picture settings={settings} series={state.series} title={title} isStale={state.staleSince !== null} />
  ) : (
    <WidgetNotice state={state} />
  )

const Picture = (p: { settings: Settings; series: readonly WidgetSeries[]; title: string; isStale: boolean }) => {
  const words = useWords('content', contentWords)
  const { links, actions } = useWidgetHost()
  const [failed, setFailed] = useState<string | null>(null)
  const { settings, series } = p
  const value = newest(series[0]?.points ?? [])?.[1]
  const link = typeof value === 'string' && value.trim() !== '' ? value.trim() : settings.imageUrl
  const source = links.useImage(link || null)
  if (link === '') return <WidgetNotice state={{ status: 'empty', reason: words('noImage') }} />
  if (!source || failed === source) {
    return (
      <div className="flex size-full flex-col items-center justify-center gap-1.5 p-3 text-center text-xs text-ink-3">
        <ImageOff aria-hidden className="size-4" />
        {words('badImage')}
      </div>
    )
  }
  const [action] = actions.of('cardClick')
  const picture = (
    <img
      src={source}
      alt={fillPattern(settings.alternative, series) || p.title}
      onError={() => setFailed(source)}
      className={p.isStale ? 'size-full opacity-60' : 'size-full'}
      style={{ objectFit: settings.fit }}
    />
  )
  return action ? (
    <button
      type="button"
      className="block size-full"
      onClick={(event) => actions.run(action, { entity: series[0]?.entity ?? null, anchor: event.currentTarget })}
    >
      {picture}
    </button>
  ) : (
    picture
  )
}
