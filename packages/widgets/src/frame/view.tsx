'use client'
import { ExternalLink } from 'lucide-react'
import type { z } from 'zod'
import { contentWords } from '../engines/content/content-words.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import { frameAddress } from './address.ts'
import type { frameSettingsSchema } from './manifest.ts'

export const Frame = ({ state, settings, title }: WidgetViewProps<z.infer<typeof frameSettingsSchema>>) => {
  const words = useWords('content', contentWords)
  const { SiteFrame } = useWidgetHost().content
  if (state.status !== 'ready') return <WidgetNotice state={state} />
  const address = frameAddress(settings.url, state.series, typeof location === 'undefined' ? null : location)
  if ('refused' in address) {
    return address.refused === 'missing' ? (
      <WidgetNotice state={{ status: 'empty', reason: words('noAddress') }} />
    ) : (
      <WidgetNotice state={{ status: 'failed', reason: words(`address-${address.refused}`) }} />
    )
  }
  if (!SiteFrame) {
    return (
      <a
        href={address.url}
        target="_blank"
        rel="noopener noreferrer"
        className="flex size-full items-center justify-center gap-1.5 p-3 text-sm break-all text-accent-text"
      >
        <ExternalLink aria-hidden className="size-4 shrink-0" />
        {address.url}
      </a>
    )
  }
  return <SiteFrame url={address.url} title={title} />
}
