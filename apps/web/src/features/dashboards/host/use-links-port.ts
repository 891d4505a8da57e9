'use client'
import type { EntityId } from '@thingwire/contracts'
import { toast } from '@thingwire/ui'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useUser } from '@/session/session-provider.tsx'
import { navigationFor } from '@/shell/navigation.ts'
import { imageAddress, safeAddress } from './addresses.ts'

/** Pages of single entities, by kind. */
const pages: Partial<Record<EntityId['entityType'], string>> = {
  DEVICE: '/devices',
  DASHBOARD: '/dashboards',
  RULE_CHAIN: '/rule-chains',
  DEVICE_PROFILE: '/device-profiles',
}

/** Reads nothing of React's: it is called where views call hooks, and must answer in each draw. */
const useImage: WidgetHost['links']['useImage'] = (link) => imageAddress(link)

export const useLinksPort = (): WidgetHost['links'] => {
  const router = useRouter()
  const t = useTranslations('board')
  const { authority } = useUser()
  return useMemo(() => {
    const places = navigationFor(authority).flatMap((group) => group.items.map((item) => item.href))
    return {
      entityPage: ({ entityType, id }) => {
        const page = pages[entityType]
        return page && places.includes(page) ? `${page}/${encodeURIComponent(id)}` : null
      },
      open: (href, newTab = false) => {
        const address = safeAddress(href)
        if (address === null) toast.failed(t('unsafeAddress'), href.slice(0, 200))
        else if (newTab) globalThis.open(address, '_blank', 'noopener,noreferrer')
        else if (address.startsWith('/')) router.push(address)
        else globalThis.location.assign(address)
      },
      useImage,
    }
  }, [router, authority, t])
}
