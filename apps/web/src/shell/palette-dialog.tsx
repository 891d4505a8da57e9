'use client'
import { useQuery } from '@tanstack/react-query'
import { CommandPalette, type PaletteGroup, toast } from '@thingwire/ui'
import { Cpu, LayoutDashboard, LogOut, Moon, Plus, Sun, SunMoon, Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useDeferredValue, useState } from 'react'
import { listDashboards, listDevices } from '@/api/entities.ts'
import { listRuleChains } from '@/api/rule-chains.ts'
import { useSignOut, useUser } from '@/session/session-provider.tsx'
import { navigationFor } from './navigation.ts'
import { useGo, useLeave } from './unsaved.tsx'

/** Pages, devices, dashboards, rule chains and actions. */
export const Palette = ({ onClose }: { onClose: () => void }) => {
  const t = useTranslations('palette')
  const [query, setQuery] = useState('')
  const search = useDeferredValue(query)
  const pages = usePageItems()
  const actions = useActionItems()
  const entities = useEntityGroups(search)
  const groups: PaletteGroup[] = [
    { heading: t('pages'), items: pages },
    ...entities,
    { heading: t('actions'), items: actions },
  ]
  const closing = groups.map((group) => ({
    ...group,
    items: group.items.map((item) => ({
      ...item,
      onSelect: () => {
        onClose()
        item.onSelect()
      },
    })),
  }))
  return (
    <CommandPalette
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      label={t('title')}
      placeholder={t('placeholder')}
      nothing={t('nothing')}
      query={query}
      onQuery={setQuery}
      groups={closing}
    />
  )
}

const usePageItems = () => {
  const t = useTranslations('nav')
  const go = useGo()
  return navigationFor(useUser().authority)
    .flatMap((group) => group.items)
    .map((item) => ({
      id: item.href,
      label: t(item.label),
      icon: <item.icon />,
      onSelect: () => go(item.href),
    }))
}

const useActionItems = () => {
  const t = useTranslations('palette')
  const rules = useTranslations('alarmFields')
  const go = useGo()
  const user = useUser()
  const signOut = useSignOut()
  const leave = useLeave()
  const { setTheme } = useTheme()
  const themes = { light: <Sun />, dark: <Moon />, system: <SunMoon /> }
  return [
    ...(user.authority === 'TENANT_ADMIN'
      ? [
          { id: 'add-device', label: t('addDevice'), icon: <Plus />, onSelect: () => go('/devices?add=true') },
          { id: 'add-alarm-rule', label: rules('newRule'), icon: <Plus />, onSelect: () => go('/alarm-rules/new') },
        ]
      : []),
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      id: `theme-${theme}`,
      label: t(`theme.${theme}`),
      icon: themes[theme],
      keywords: ['theme'],
      onSelect: () => setTheme(theme),
    })),
    {
      id: 'sign-out',
      label: t('signOut'),
      icon: <LogOut />,
      onSelect: () =>
        leave('page', () => void signOut().catch((error: Error) => toast.failed(t('signOut'), error.message))),
    },
  ]
}

const useEntityGroups = (textSearch: string): PaletteGroup[] => {
  const t = useTranslations('palette')
  const go = useGo()
  const user = useUser()
  const link = { page: 0, pageSize: 6, textSearch }
  const isTenant = user.authority === 'TENANT_ADMIN'
  const hasEntities = user.authority !== 'SYS_ADMIN'
  const keep = <T,>(previous: T | undefined) => previous
  const devices = useQuery({
    queryKey: ['palette', 'devices', textSearch],
    queryFn: ({ signal }) => listDevices(user, link, signal),
    enabled: hasEntities,
    placeholderData: keep,
  })
  const dashboards = useQuery({
    queryKey: ['palette', 'dashboards', textSearch],
    queryFn: ({ signal }) => listDashboards(user, link, signal),
    enabled: hasEntities,
    placeholderData: keep,
  })
  const chains = useQuery({
    queryKey: ['palette', 'rule-chains', textSearch],
    queryFn: ({ signal }) => listRuleChains(link, signal),
    enabled: isTenant,
    placeholderData: keep,
  })
  return [
    {
      heading: t('devices'),
      items: (devices.data?.data ?? []).map((device) => ({
        id: device.id.id,
        label: device.name,
        detail: device.label ?? device.deviceProfileName,
        icon: <Cpu />,
        keywords: [textSearch],
        onSelect: () => go(`/devices/${device.id.id}`),
      })),
    },
    {
      heading: t('dashboards'),
      items: (dashboards.data?.data ?? []).map((dashboard) => ({
        id: dashboard.id.id,
        label: dashboard.title,
        icon: <LayoutDashboard />,
        keywords: [textSearch],
        onSelect: () => go(`/dashboards/${dashboard.id.id}`),
      })),
    },
    {
      heading: t('ruleChains'),
      items: (chains.data?.data ?? []).map((chain) => ({
        id: chain.id.id,
        label: chain.name,
        icon: <Workflow />,
        keywords: [textSearch],
        onSelect: () => go(`/rule-chains/${chain.id.id}`),
      })),
    },
  ]
}
