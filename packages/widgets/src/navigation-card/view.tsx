'use client'
import { withoutTranslations } from '@thingwire/dashboards'
import type { z } from 'zod'
import { consolePath, placeAt } from '../engines/content/console-place.ts'
import { contentWords } from '../engines/content/content-words.ts'
import { PlaceLink } from '../engines/content/place-link.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetIcon } from '../style/icons.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { navigationCardSettingsSchema } from './manifest.ts'

export const NavigationCard = ({ settings, size }: WidgetViewProps<z.infer<typeof navigationCardSettingsSchema>>) => {
  const words = useWords('content', contentWords)
  const { places } = useWidgetHost().content
  const isKnown = placeAt(settings.path, places) !== null
  const isLow = size.height < 80
  return (
    <PlaceLink
      href={isKnown ? consolePath(settings.path) : null}
      hint={words('noPlace')}
      className={`flex size-full items-center justify-center gap-2 overflow-hidden p-3 text-center font-medium transition-colors hover:bg-hover focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent ${isLow ? '' : 'flex-col'}`}
    >
      <WidgetIcon name={settings.icon} size={isLow ? 20 : 32} className={isKnown ? 'text-accent-text' : ''} />
      <span className="line-clamp-2 text-sm break-words">{withoutTranslations(settings.name)}</span>
      {isKnown ? null : (
        <span className={size.height < 140 ? 'sr-only' : 'line-clamp-2 text-xs font-normal'}>{words('noPlace')}</span>
      )}
    </PlaceLink>
  )
}
